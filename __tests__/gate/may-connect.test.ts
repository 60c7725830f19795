import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { type ConnectingEvent, mayConnect } from '../../src/gate/may-connect.js'

const event = (overrides: Partial<ConnectingEvent>): ConnectingEvent => ({
  isInJob: true,
  name: 'push',
  payload: {},
  repository: 'acme/shop',
  ephemeral: 'no',
  ...overrides,
})
const refused = (overrides: Partial<ConnectingEvent>) =>
  mayConnect(event(overrides)).map(({ message }) => message)

const fromHead = (full_name: unknown) => ({ pull_request: { head: { repo: { full_name } } } })
const afterRun = (full_name: unknown, by = 'pull_request') => ({
  workflow_run: { event: by, head_repository: { full_name } },
})

describe('a connection', () => {
  it.each([
    'create',
    'deployment',
    'deployment_status',
    'merge_group',
    'push',
    'release',
    'repository_dispatch',
    'schedule',
    'workflow_dispatch',
  ])('may be opened on %s', (name) => expect(refused({ name, payload: undefined })).toEqual([]))

  it.each(['pull_request', 'pull_request_review', 'pull_request_review_comment'])(
    'may be opened on %s from the repository itself, and not from a fork',
    (name) => {
      expect(refused({ name, payload: fromHead('Acme/Shop') })).toEqual([])
      expect(refused({ name, payload: fromHead('mallory/shop') })).toEqual([
        'The pull request brings code from mallory/shop, a fork of acme/shop, so nothing is connected to.',
      ])
    },
  )

  const payloads: readonly unknown[] = [
    undefined,
    null,
    [],
    'text',
    {},
    { pull_request: null },
    { pull_request: { head: { repo: null } } },
    fromHead(7),
    { pull_request: Object.create({ head: { repo: { full_name: 'acme/shop' } } }) },
  ]
  it.each(payloads.map((payload) => ({ payload })))(
    'is not opened for a pull request whose payload is $payload',
    ({ payload }) => {
      expect(refused({ name: 'pull_request', payload })).toEqual([
        'The pull request does not tell which repository its code is from, so nothing is connected to.',
      ])
    },
  )

  it('is not opened for a pull request where the repository is not known', () => {
    const payload = fromHead('acme/shop')
    expect(refused({ name: 'pull_request', payload, repository: undefined })).toHaveLength(1)
  })

  it('is not opened on pull_request_target, from whichever repository', () => {
    for (const head of ['acme/shop', 'mallory/shop']) {
      expect(refused({ name: 'pull_request_target', payload: fromHead(head) })).toEqual([
        expect.stringContaining('pull_request_target gives the code of any pull request the secrets'),
      ])
    }
  })

  it('is not opened for a comment, whose code nobody knows', () => {
    expect(refused({ name: 'issue_comment' })).toEqual([expect.stringContaining('started by anybody')])
  })

  it('is opened after another run of the repository itself, and not of a fork or pull_request_target', () => {
    const name = 'workflow_run'
    expect(refused({ name, payload: afterRun('acme/shop') })).toEqual([])
    expect(refused({ name, payload: afterRun('mallory/shop') })).toHaveLength(1)
    expect(refused({ name, payload: afterRun(null) })).toHaveLength(1)
    expect(refused({ name, payload: afterRun('acme/shop', 'pull_request_target') })).toHaveLength(1)
  })

  it.each([undefined, '', 'watch', 'fork', 'issues', 'PUSH', 'constructor', 'dynamic'])(
    'is not opened on the unknown event %s',
    (name) => expect(refused({ name })).toHaveLength(1),
  )

  it('names a hostile event in one short line', () => {
    const [message = ''] = refused({ name: `::set-output name=x::y\n${'x'.repeat(500)}` })
    expect(message).not.toContain('\n')
    expect(message.length).toBeLessThan(250)
  })

  it('outside a job is nobody’s event', () => {
    expect(refused({ isInJob: false, name: undefined })).toEqual([])
  })

  it('to a database that the workflow declares to be thrown away may be opened on every event', () => {
    for (const name of [undefined, 'pull_request', 'pull_request_target', 'issue_comment', 'watch'])
      expect(refused({ name, ephemeral: 'workflow' })).toEqual([])
  })

  it('believes the configuration file only where the job has no secrets to lose', () => {
    const payload = fromHead('mallory/shop')
    expect(refused({ name: 'pull_request', payload, ephemeral: 'file' })).toEqual([])
    for (const name of ['pull_request_target', 'issue_comment', 'workflow_run', 'watch']) {
      const [problem] = mayConnect(event({ name, payload, ephemeral: 'file' }))
      expect(problem?.help).toContain('may be the stranger’s')
    }
  })

  it('is opened for no payload of a pull request but one whose head is the repository', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('pull_request', 'workflow_run'), (payload, name) => {
        expect(refused({ name, payload })).toHaveLength(1)
      }),
    )
  })
})
