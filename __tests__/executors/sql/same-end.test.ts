import { describe, expect, it } from '@jest/globals'
import { endedAt } from '../../../src/executors/sql/is-loss.js'
import { isSameEnd, ownEnd } from '../../../src/executors/sql/same-end.js'
import type { Failure } from '../../../src/model/outcome.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { aRunnable } from './a-work.js'

const life = { startedAt: 100, countsSince: 200 }
const restarted = { startedAt: 300, countsSince: 300 }
const crashed = { ...life, countsSince: 300 }

const said = { code: 'connection-lost', message: 'terminating connection', fatal: true }
const silent: Failure = { code: 'connection-lost', message: 'Connection terminated unexpectedly' }
const told: Failure = { ...silent, ...endedAt({ ...said, isTold: true }), statement: 2 }

const at = (migration: RunnableMigration, failure: Failure, spentMs = 100) => ({
  migration,
  failure,
  spentMs,
})

const builds = await aRunnable('01_i.sql', 'create index concurrently i on t (n); select f();')
const file = await aRunnable('02_b.sql', 'select 1; select 2;')
const other = await aRunnable('03_c.sql', 'select 1; select 2;')

describe('a session that ended while a file was at work', () => {
  it.each([
    ['the server said so, and runs on', told, life, { how: 'told', statement: 2 }],
    ['nobody said why, and the server crashed', silent, crashed, { how: 'crash' }],
  ])('may have ended itself where %s', (_, failure, after, expected) => {
    expect(ownEnd(at(file, failure), life, after)).toEqual({ migration: file, spentMs: 100, ...expected })
  })

  it.each([
    ['it was only cut', silent, life],
    ['the server said so, and was restarted', told, restarted],
    ['the server was restarted', silent, restarted],
    ['the server said that another process crashed', told, crashed],
    ['the server may not be asked', told, undefined],
    ['no statement of a file was at work', { ...told, statement: undefined } as unknown as Failure, life],
  ])('did not where %s', (_, failure, after) => {
    expect(ownEnd(at(file, failure), life, after)).toBeUndefined()
  })

  it('did not in a statement that runs nothing of the file’s, and waits for locks', () => {
    expect(ownEnd(at(builds, { ...told, statement: 1 }), life, life)).toBeUndefined()
    expect(ownEnd(at(builds, told), life, life)).toMatchObject({ how: 'told', statement: 2 })
  })

  it('ended in the same way only in the same statement of the same file, and as soon', () => {
    const end = ownEnd(at(file, told), life, life)
    expect(isSameEnd(end, ownEnd(at(file, { ...told }), life, life))).toBe(true)
    expect(isSameEnd(end, ownEnd(at(file, told, 1_050), life, life))).toBe(true)
    expect(isSameEnd(end, ownEnd(at(file, told, 3_000), life, life))).toBe(false)
    const late = ownEnd(at(file, told, 60_000), life, life)
    expect(isSameEnd(late, ownEnd(at(file, told, 50_000), life, life))).toBe(true)
    expect(isSameEnd(late, ownEnd(at(file, told, 40_000), life, life))).toBe(false)
    expect(isSameEnd(end, ownEnd(at(file, { ...told, statement: 1 }), life, life))).toBe(false)
    expect(isSameEnd(end, ownEnd(at(other, told), life, life))).toBe(false)
    expect(isSameEnd(end, ownEnd(at(file, silent), life, crashed))).toBe(false)
    expect(isSameEnd(undefined, end)).toBe(false)
    expect(isSameEnd(end, undefined)).toBe(false)
  })
})
