import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseMarker } from '../../src/github/comment/parse-marker.js'
import { makeCommentMarker, renderCommentMarker } from '../../src/render/comment-marker.js'
import { aReport } from '../support/builders.js'
import { hostileText } from '../support/hostile-text.js'
import { SHA } from './a-comment-about.js'

const aMarker = (command: 'plan' | 'validate' = 'plan', environment = 'staging', project = 'shop') =>
  makeCommentMarker(aReport({ command, environment }), { project, commitSha: SHA })

describe('the marker of a comment', () => {
  it('is one line that nobody sees, and is read again', () => {
    const line = renderCommentMarker(aMarker())
    expect(line).toBe(
      `<!-- devflow-migrate: shop/staging about=target commit=${SHA} at=2026-01-21T17%3A00%3A00.000Z -->`,
    )
    expect(parseMarker(`${line}\n## ✅`)).toEqual(aMarker())
    expect(parseMarker(`${line}\r\n## ✅`)).toEqual(aMarker())
    expect(parseMarker(line)).toEqual(aMarker())
  })

  it('tells what needs no connection from what does', () => {
    expect(aMarker('validate').about).toBe('files')
    expect(aMarker('plan').about).toBe('target')
  })

  it('is read again whatever the names, and never ends early', () => {
    const text = fc.oneof(hostileText(), fc.string({ unit: 'grapheme' }), fc.constant('a-->b--!>'))
    fc.assert(
      fc.property(text, text, (environment, project) => {
        fc.pre(environment !== '')
        const marker = aMarker('plan', environment, project)
        const line = renderCommentMarker(marker)
        expect(line.indexOf('--', 4)).toBe(line.length - 3)
        expect(line).not.toMatch(/[\r\n]/)
        const known = (name: string) => name.replace(/\p{Surrogate}/gu, '\ufffd')
        expect(parseMarker(line)).toEqual({
          ...marker,
          project: known(project),
          environment: known(environment),
        })
      }),
    )
  })

  it('may know more in a later version', () => {
    const line = renderCommentMarker(aMarker()).replace(' -->', ' plan=v2 by=x -->')
    expect(parseMarker(line)).toEqual(aMarker())
  })

  it.each([
    ['a text before it', (line: string) => `Look:\n${line}`],
    ['a space before it', (line: string) => ` ${line}`],
    ['a quote of it', (line: string) => `> ${line}`],
    ['something after it', (line: string) => `${line} x`],
    ['no end', (line: string) => line.replace('-->', '')],
    ['another tool', (line: string) => line.replace('devflow-migrate', 'devflow')],
    ['no environment', (line: string) => line.replace('shop/staging', 'shop/')],
    ['no kind', (line: string) => line.replace(' about=target', '')],
    ['a kind that is not known', (line: string) => line.replace('target', 'all')],
    ['a name that is no encoding', (line: string) => line.replace('staging', '%E0%A4%A')],
  ])('is none with %s', (_, change) => {
    expect(parseMarker(change(renderCommentMarker(aMarker())))).toBeUndefined()
  })
})
