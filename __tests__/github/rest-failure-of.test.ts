import { describe, expect, it } from '@jest/globals'
import { restFailureOf } from '../../src/github/rest-failure-of.js'

const now = new Date('2026-11-20T12:00:00Z')
const failureOf = (status: number, headers: Record<string, string> = {}, text = '{}') =>
  restFailureOf({ status, headers, text }, now)

describe('what an answer says is wrong', () => {
  it('is nothing where its status says that it is one', () => {
    expect([200, 201, 204].map((status) => failureOf(status))).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['actions=read', 'actions: read'],
    ['pull_requests=read,issues=write', 'pull-requests: read and issues: write'],
    ['issues=read; pull_requests=read', 'issues: read or pull-requests: read'],
    ['actions=read, <script>=x, ::error::=read', 'actions: read'],
  ])('names the permissions of %s as a workflow spells them', (header, needs) => {
    expect(failureOf(403, { 'x-accepted-github-permissions': header })).toEqual({
      kind: 'forbidden',
      needs,
      message: '',
    })
  })

  it('names none where it says none', () => {
    expect(failureOf(403, { 'x-accepted-github-permissions': 'metadata' }, 'no')).toEqual({
      kind: 'forbidden',
      message: '',
    })
  })

  it.each([
    [429, { 'retry-after': '90' }, '2026-11-20T12:01:30.000Z'],
    [403, { 'retry-after': 'Fri, 20 Nov 2026 12:05:00 GMT' }, '2026-11-20T12:05:00.000Z'],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795176600' }, '2026-11-20T12:10:00.000Z'],
    [429, { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '1795176600' }, undefined],
    [429, { 'retry-after': 'soon' }, undefined],
    [429, { 'retry-after': '99999999999999999999' }, undefined],
  ])('tells of %s with %j when to come back', (status, headers, retryAt) => {
    expect(failureOf(status, headers as Record<string, string>)).toEqual({
      kind: 'rate-limited',
      ...(retryAt === undefined ? {} : { retryAt }),
    })
  })

  it('keeps a message short', () => {
    const failure = failureOf(422, {}, JSON.stringify({ message: 'x'.repeat(5_000) }))
    expect(failure).toEqual({ kind: 'rejected', status: 422, message: 'x'.repeat(200) })
  })
})
