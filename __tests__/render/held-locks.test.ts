import { describe, expect, it } from '@jest/globals'
import type { LockStrength, Measured } from '../../src/model/measured.js'
import type { Report } from '../../src/model/report.js'
import { makeHeldLocks } from '../../src/render/held-locks.js'
import { makeLockText } from '../../src/render/longest-lock.js'
import { aMeasured, anOutcome, aPlace, aPlan, aRehearsed, aReport } from '../support/builders.js'

/** A statement that takes a lock, as short as tables want it. */
function locking(statement: number, durationMs: number, relation: string, mode: LockStrength): Measured {
  return aMeasured({ statement, durationMs, locks: [{ relation, modes: [mode] }] })
}

const quiet = (statement: number, durationMs: number) => aMeasured({ statement, durationMs })

/** A rehearsal of two files on a target. */
function rehearsed(first: readonly Measured[], second: readonly Measured[], overrides: Partial<Report> = {}) {
  const names = ['03_a.sql', '04_b.sql']
  return aReport({
    plan: aPlan(names),
    rehearsedOn: aPlace(),
    rehearsal: [
      aRehearsed({ name: '03_a.sql', measured: first }),
      aRehearsed({ name: '04_b.sql', measured: second }),
    ],
    ...overrides,
  })
}

const told = (report: Report) =>
  makeHeldLocks(report).map(({ relation, heldMs, lasts }) => `${relation} ${heldMs} ${lasts}`)

const sentence = (report: Report) => makeLockText(report, makeHeldLocks(report)[0], (foreign) => foreign)

describe('strong locks', () => {
  it('are held from the statement that took them to the end of its file, the longest first', () => {
    const report = rehearsed(
      [locking(1, 5, 'a', 'Share'), quiet(2, 100), locking(3, 7, 'b', 'AccessExclusive')],
      [locking(1, 50, 'c', 'ShareRowExclusive'), quiet(2, 1)],
    )
    expect(told(report)).toEqual(['a 112 file', 'c 51 file', 'b 7 file'])
    expect(sentence(report)).toEqual({
      label: 'Longest lock:',
      text: 'writes of a are blocked for 112 ms, from line 1 of 03_a.sql to its end (SHARE); nothing is rewritten or read from end to end meanwhile.',
    })
  })

  it('are those that keep writers or readers out', () => {
    const report = rehearsed(
      [locking(1, 5, 'a', 'RowExclusive'), locking(2, 5, 'b', 'ShareUpdateExclusive')],
      [],
    )
    expect(told(report)).toEqual([])
    expect(sentence(report)?.text).toMatch(/^nothing that was measured keeps readers or writers/)
  })

  it('say nothing where nothing was measured', () => {
    expect(sentence(rehearsed([], []))).toBeUndefined()
  })

  it('are held to the end of the run where one transaction holds all files', () => {
    const files = [[locking(1, 5, 'a', 'Share')], [quiet(1, 1000)]] as const
    expect(told(rehearsed(...files, { transaction: 'all' }))).toEqual(['a 1005 run'])
    expect(told(rehearsed(...files, { transaction: 'file' }))).toEqual(['a 5 file'])
  })

  it('go with their statement outside of a transaction, unless a later one found them held', () => {
    const statements = [
      locking(1, 5, 'a', 'Share'),
      locking(2, 7, 'b', 'AccessExclusive'),
      aMeasured({ statement: 3, durationMs: 20, heldBefore: [{ relation: 'b', since: 2 }] }),
    ]
    const outcomes = [anOutcome({ name: '03_a.sql', state: 'not-run', mode: 'no-transaction' })]
    expect(told(rehearsed(statements, [], { outcomes }))).toEqual(['b 27 statements', 'a 5 statement'])
    expect(told(rehearsed(statements, [], { transaction: 'none' }))).toEqual([
      'b 27 statements',
      'a 5 statement',
    ])
    expect(sentence(rehearsed(statements, [], { outcomes }))?.text).toContain(
      ', from line 2 to line 3 of 03_a.sql (',
    )
  })

  it('name the table, not its index, where both are held as long', () => {
    const locks = ['a_pkey', 'a'].map((relation) => ({ relation, modes: ['AccessExclusive' as const] }))
    const sizes = [
      { relation: 'a', bytes: 9000, rows: 1 },
      { relation: 'a_pkey', bytes: 100, rows: 1 },
    ]
    expect(told(rehearsed([aMeasured({ locks })], [], { sizes }))[0]).toMatch(/^a /)
  })
})

describe('on a shadow', () => {
  const onShadow = (first: readonly Measured[], second: readonly Measured[]) =>
    rehearsed(first, second, {
      rehearsedOn: aPlace({ kind: 'shadow' }),
      sizes: [
        { relation: 'small', bytes: 100 * 1024, rows: 900 },
        { relation: 'large', bytes: 3.2 * 1024 ** 3, rows: 12_000_000 },
        { relation: 'huge', bytes: 900 * 1024 ** 3, rows: 9e9 },
      ],
    })

  it('the heaviest lock is the one that most is done under, whatever the time', () => {
    const report = onShadow(
      [
        { ...locking(1, 900, 'small', 'AccessExclusive'), rewritten: ['small'] },
        locking(2, 900, 'huge', 'AccessExclusive'),
      ],
      [{ ...locking(1, 1, 'large', 'Share'), scanned: ['large'] }],
    )
    expect(makeHeldLocks(report).map(({ relation }) => relation)).toEqual(['large', 'small', 'huge'])
    expect(sentence(report)).toEqual({
      label: 'Heaviest lock:',
      text: 'writes of large (3.2 GB, about 12,000,000 rows) are blocked, by line 1 of 04_b.sql (SHARE); what runs meanwhile reads 3.2 GB from end to end.',
    })
  })

  it('names what is rewritten while another relation is locked', () => {
    const report = onShadow(
      [locking(1, 1, 'small', 'AccessExclusive'), aMeasured({ statement: 2, rewritten: ['large'] })],
      [],
    )
    expect(sentence(report)?.text).toContain('; what runs meanwhile rewrites large (3.2 GB).')
  })

  it('the larger relation comes first where nothing is rewritten or read', () => {
    const report = onShadow([locking(1, 1, 'small', 'AccessExclusive'), locking(2, 1, 'huge', 'Share')], [])
    expect(makeHeldLocks(report).map(({ relation }) => relation)).toEqual(['huge', 'small'])
  })

  it('says what is rewritten where its size is not known', () => {
    const report = onShadow([{ ...locking(1, 1, 'new', 'AccessExclusive'), rewritten: ['new'] }], [])
    expect(sentence(report)?.text).toBe(
      'reads and writes of new are blocked, by line 1 of 03_a.sql (ACCESS EXCLUSIVE); what runs meanwhile rewrites it.',
    )
  })
})
