import { describe, expect, it } from '@jest/globals'
import { findHalfDone } from '../../../src/executors/sql/find-half-done.js'
import { findInvalidIndex } from '../../../src/executors/sql/find-invalid-index.js'
import { findWrongIndex } from '../../../src/executors/sql/find-wrong-index.js'
import { judge, type Since } from '../../../src/executors/sql/judge.js'
import type { Trace } from '../../../src/model/trace.js'

const verdict = (trace: Trace, before: string[], now: string[], since?: Since) => {
  const { first, so } = judge(trace, before, now, since)
  return [so, ...first].join(' | ')
}

describe('a statement that was cut off', () => {
  const named: Trace = { kind: 'builds-index', table: '"t"', index: 'i' }
  const unnamed: Trace = { kind: 'builds-index', table: '"t"', chosen: 't_n_idx' }
  const odd: Trace = { kind: 'builds-index', table: '"t"', chosen: 'T."x_n_idx' }
  const unguessed: Trace = { kind: 'builds-index', table: '"t"' }

  it.each([
    [named, [], [], 'again'],
    [named, [], ['7 valid i'], 'done'],
    [named, [], ['7 INVALID "I x"'], 'again | DROP INDEX CONCURRENTLY IF EXISTS "I x";'],
    [named, ['7 INVALID i'], ['7 INVALID i'], 'again'],
    [named, ['7 valid i'], ['7 valid i'], 'again'],
    [named, ['7 INVALID i'], ['9 valid i'], 'done'],
    [unnamed, ['7 INVALID a', '8 valid b'], ['7 INVALID a', '8 valid b'], 'again'],
    [unnamed, ['7 INVALID a'], ['7 INVALID a', '9 valid t_n_idx'], 'done'],
    [unnamed, [], ['9 INVALID s.t_n_idx12'], 'again | DROP INDEX CONCURRENTLY IF EXISTS s.t_n_idx12;'],
    [unnamed, [], ['8 valid b', '9 INVALID t_n_idx_ccnew', '10 valid t_n_idxx'], 'again'],
    [unnamed, [], ['8 valid t_n_idx', '9 INVALID t_n_idx1'], 'unclear'],
    [odd, [], ['8 valid s."T.""x_n_idx"'], 'done'],
    [odd, [], ['8 valid s."U.""x_n_idx"'], 'again'],
    [unguessed, ['8 valid b'], ['8 valid b'], 'again'],
    [unguessed, [], ['8 valid t_lower_idx'], 'unclear'],
  ] as const)(
    'and builds an index is decided by what is new on its table: %j %j %j',
    (trace, before, now, expected) => {
      expect(verdict(trace, [...before], [...now])).toBe(expected)
    },
  )

  it.each<[Trace, string[], string[], string]>([
    [{ kind: 'drops-index', index: '"i"' }, ['7'], [], 'done'],
    [{ kind: 'drops-index', index: '"i"' }, ['7'], ['7'], 'again'],
    [{ kind: 'drops-index', index: '"i"' }, ['7'], ['9'], 'again'],
    [{ kind: 'drops-index', index: '"i"' }, [], [], 'again'],
    [{ kind: 'reindexes' }, ['7 a_ccnew'], ['7 a_ccnew'], 'again'],
    [{ kind: 'reindexes' }, [], ['on 5', 'in 6'], 'again'],
    [
      { kind: 'reindexes' },
      ['7 a_ccnew'],
      ['7 a_ccnew', '8 a_ccnew1', '9 "B_ccold"'],
      'again | DROP INDEX CONCURRENTLY IF EXISTS a_ccnew1; | DROP INDEX CONCURRENTLY IF EXISTS "B_ccold";',
    ],
    [{ kind: 'creates', what: 'database', name: 'd' }, [], ['7'], 'done'],
    [{ kind: 'creates', what: 'database', name: 'd' }, ['7'], ['7'], 'again'],
    [{ kind: 'creates', what: 'tablespace', name: 'd' }, [], [], 'again'],
    [{ kind: 'drops', what: 'subscription', name: 's' }, ['7'], [], 'done'],
    [{ kind: 'drops', what: 'subscription', name: 's' }, ['7'], ['7 s'], 'again'],
    [{ kind: 'drops', what: 'database', name: 'd' }, ['7 d'], ['9 d'], 'unclear'],
    [{ kind: 'drops', what: 'prepared transaction', name: 'g h' }, ['g h'], [], 'done'],
    [{ kind: 'repeatable' }, [], [], 'again'],
  ])('is decided by what is there: %j %j %j', (trace, before, now, expected) => {
    expect(verdict(trace, before, now)).toBe(expected)
  })

  it.each([
    [['3/4 false'], [], 'done'],
    [
      ['3/4 false'],
      ['3/4 true p DETACH PARTITION q'],
      'done | ALTER TABLE "p" DETACH PARTITION "q" FINALIZE;',
    ],
    [['3/4 false'], ['3/4 false p DETACH PARTITION q'], 'again'],
    [['3/4 false'], ['5/4 true p DETACH PARTITION q'], 'again'],
    [['3/4 true'], ['3/4 true p DETACH PARTITION q'], 'again'],
    [['false'], [], 'done'],
    [['false'], ['true'], 'done | ALTER TABLE "p" DETACH PARTITION "q" FINALIZE;'],
    [['false'], ['false'], 'again'],
    [['true'], ['true'], 'again'],
    [[], [], 'again'],
  ])('and detaches a partition is finished where it is pending: %j %j', (before, now, expected) => {
    expect(verdict({ kind: 'detaches', table: '"p"', partition: '"q"' }, before, now)).toBe(expected)
  })
})

describe('a statement that failed', () => {
  const named: Trace = { kind: 'builds-index', table: '"t"', index: 'i' }
  const unnamed: Trace = { kind: 'builds-index', table: '"t"', chosen: 't_n_idx' }
  const database: Trace = { kind: 'creates', what: 'database', name: 'd' }
  const left = ['7 INVALID i #42']
  const drop = (name: string) => `again | DROP INDEX CONCURRENTLY IF EXISTS ${name};`

  it.each<[Trace, string[], Since, string]>([
    [named, ['7 INVALID i #42'], { left }, drop('i')],
    [named, ['7 valid i #42'], { left }, 'done'],
    [named, ['9 valid i #42'], { left }, 'done'],
    [named, ['9 valid i #43'], { left }, 'again'],
    [named, ['9 INVALID i #42'], { left }, 'again'],
    [named, ['9 valid i #42'], { left: [] }, 'again'],
    [named, ['9 valid i #42'], { left: ['9 valid i #42'] }, 'again'],
    [named, ['9 valid i'], { left: ['7 INVALID i'] }, 'again'],
    [named, ['9 valid i #42'], {}, 'again'],
    [named, ['9 INVALID "i #42" #5'], {}, drop('"i #42"')],
    [unnamed, ['9 valid t_n_idx #43'], { left: ['7 INVALID t_n_idx #42'] }, 'again'],
    [database, ['7 d'], { left: [] }, 'again'],
    [{ kind: 'reindexes' }, ['7 a_ccnew', '8 b_ccnew'], { left: ['7 a_ccnew'] }, drop('a_ccnew')],
    [{ kind: 'drops', what: 'database', name: 'd' }, [], {}, 'again'],
  ])('has as its own only what it left: %j %j %j', (trace, now, since, expected) => {
    expect(verdict(trace, [], now, { failed: true, ...since })).toBe(expected)
  })

  it('runs again where a database of that name is another by now, which one that was cut off does not', () => {
    const drops: Trace = { kind: 'drops', what: 'database', name: 'd' }
    expect(verdict(drops, ['7 d'], ['9 d'], { failed: true })).toBe('again')
  })

  it.each<[Trace, string[], string[], string]>([
    [{ kind: 'drops-index', index: '"i"' }, ['7 valid i #4'], ['7 INVALID j #4'], 'j, INVALID'],
    [{ kind: 'drops', what: 'database', name: 'd' }, ['7 d'], ['7 "D e"'], '"D e"'],
    [
      { kind: 'detaches', table: '"p"', partition: '"q"' },
      ['3/4 false p DETACH PARTITION q'],
      ['3/4 false p DETACH PARTITION r'],
      'ALTER TABLE p DETACH PARTITION r',
    ],
  ])('is unclear where what it works on has another name: %j', (trace, before, moved, name) => {
    for (const failed of [true, false]) {
      const { so, why } = judge(trace, before, [], { failed, moved })
      expect([so, why]).toEqual(['unclear', expect.stringMatching(/under another name/)])
      expect(why?.endsWith(name)).toBe(true)
    }
  })
})

describe('what is half done of something that was there before', () => {
  const drops: Trace = { kind: 'drops-index', index: '"i"' }
  const detaches: Trace = { kind: 'detaches', table: '"p"', partition: '"q"' }

  it.each<[Trace, string[], string[], string | undefined]>([
    [drops, ['7 valid i'], ['7 INVALID i'], 'the index i is INVALID'],
    [drops, ['7 valid i'], ['7 valid i'], undefined],
    [drops, ['7 valid i'], [], undefined],
    [drops, ['7 valid i'], ['9 INVALID i'], undefined],
    [drops, ['7 INVALID i'], ['7 INVALID i'], undefined],
    [drops, ['7'], ['7 INVALID i'], undefined],
    [detaches, ['false'], ['3/4 true p DETACH PARTITION q'], '"q" is still to be detached from "p"'],
    [detaches, ['3/4 false'], ['3/4 true p DETACH PARTITION r'], '"q" is still to be detached from "p"'],
    [detaches, ['3/4 false'], ['5/4 true p DETACH PARTITION q'], undefined],
    [drops, ['7 valid i'], ['9 valid i', '7 INVALID j'], 'the index j is INVALID'],
    [detaches, ['true'], ['true'], undefined],
    [detaches, ['false'], [], undefined],
    [{ kind: 'reindexes' }, [], ['7 a_ccnew'], undefined],
  ])('is told by what was there: %j %j %j', (trace, before, now, expected) => {
    expect(findHalfDone(trace, before, now)?.message.split(':')[0]).toBe(expected)
  })
})

describe('an index that is to be there', () => {
  const named: Trace = { kind: 'builds-index', table: '"t"', index: 'i' }

  it('is missed where what has its name is on no such table', () => {
    expect(findWrongIndex(named, [], [])?.message).toMatch(/^there is no index i on "t": something else has/)
    expect(findWrongIndex(named, ['7 valid i'], ['7 valid i'])).toBeUndefined()
    expect(findWrongIndex(named, ['7 INVALID i'], ['7 INVALID i'])?.message).toMatch(
      /^the index i is INVALID/,
    )
    expect(findWrongIndex({ kind: 'builds-index', table: '"t"' }, [], [])).toBeUndefined()
  })
})

describe('an INVALID index', () => {
  const named: Trace = { kind: 'builds-index', table: '"t"', index: 'i' }

  it('is the own of the statement after which it is there', () => {
    expect(findInvalidIndex(named, [], ['7 INVALID i'])).toEqual({ name: 'i', own: true })
    expect(findInvalidIndex(named, ['7 INVALID i'], ['7 INVALID i'])).toEqual({ name: 'i', own: false })
    expect(findInvalidIndex(named, [], ['7 valid i'])).toBeUndefined()
  })

  it('of another build is nothing to a statement that names none', () => {
    const unnamed: Trace = { kind: 'builds-index', table: '"t"' }
    expect(findInvalidIndex(unnamed, ['7 INVALID a'], ['7 INVALID a', '8 valid b'])).toBeUndefined()
    expect(findInvalidIndex(unnamed, ['7 INVALID a'], ['7 INVALID a', '8 INVALID b'])).toEqual({
      name: 'b',
      own: true,
    })
    expect(findInvalidIndex({ kind: 'reindexes' }, [], ['7 x_ccnew'])).toBeUndefined()
  })
})
