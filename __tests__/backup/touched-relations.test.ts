import { describe, expect, it } from '@jest/globals'
import { touchedRelations } from '../../src/backup/touched-relations.js'
import type { Measured } from '../../src/model/measured.js'
import type { Rehearsed } from '../../src/model/outcome.js'

describe('what a rehearsal touched', () => {
  const statement = (override: Partial<Measured>): Measured => ({
    statement: 1,
    position: { line: 1, column: 1, endLine: 1, endColumn: 2 },
    text: 'x',
    durationMs: 1,
    locks: [],
    rewritten: [],
    scanned: [],
    rows: [],
    created: [],
    dropped: [],
    heldBefore: [],
    ...override,
  })
  const file = (override: Partial<Rehearsed>, ...measured: Partial<Measured>[]): Rehearsed => ({
    version: '01',
    name: '01_a.sql',
    path: 'migrations/01_a.sql',
    state: 'rehearsed',
    durationMs: 1,
    measured: measured.map(statement),
    ...override,
  })

  it('is what it wrote to, rewrote, locked against all or dropped, and not what it read', () => {
    const rehearsal = [
      file(
        {},
        { rows: [{ relation: 'public.a', inserted: 1, updated: 0, deleted: 0 }] },
        {
          rewritten: ['public.b'],
          locks: [{ relation: 'public.read', modes: ['AccessShare', 'ShareUpdateExclusive'] }],
        },
        {
          locks: [
            { relation: 'public.c', modes: ['AccessExclusive'] },
            { relation: 'public.d', modes: ['RowExclusive'] },
          ],
        },
        { dropped: [{ type: 'table', name: 'public.e', cascaded: false }], scanned: ['public.read'] },
        { rows: [{ relation: 'public.a', inserted: 0, updated: 1, deleted: 0 }] },
      ),
    ]
    expect(touchedRelations(rehearsal)).toEqual(['public.a', 'public.b', 'public.c', 'public.d', 'public.e'])
  })

  it.each([
    ['nothing was rehearsed', []],
    ['does not show all that 01_a.sql does', [file({ state: 'partly-rehearsed' })]],
    ['does not show all that 01_a.sql does', [file({ state: 'not-rehearsable' })]],
    ['did not count which rows 01_a.sql changes', [file({}, { uncounted: true })]],
  ])('is not known: %s', (why, rehearsal) => {
    expect(touchedRelations(rehearsal)).toEqual({ why: expect.stringContaining(why) })
  })

  it('is not known where nothing was measured', () => {
    const { measured: _, ...unmeasured } = file({})
    expect(touchedRelations([unmeasured])).toEqual({ why: expect.stringContaining('01_a.sql') })
  })
})
