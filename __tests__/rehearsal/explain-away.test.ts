import { describe, expect, it } from '@jest/globals'
import type { Failure } from '../../src/model/outcome.js'
import type { RunnableMigration } from '../../src/model/plan.js'
import { type Circumstances, explainAway } from '../../src/rehearsal/explain-away.js'
import type { Past } from '../../src/rehearsal/past.js'
import { aMigration } from '../support/builders.js'

function aRunnable(overrides: Partial<RunnableMigration> = {}): RunnableMigration {
  const file = aMigration()
  return { file, text: file.text, statements: [], mode: 'transaction', ...overrides }
}

const nothing: Past = { leftOut: [], escaped: [], notRun: [] }
const target: Circumstances = {
  place: 'target',
  together: false,
  lockMs: 1_000,
  statementMs: 30_000,
  left: [],
  spentMs: 60_000,
}
const span = { start: 0, end: 1 }

function excuseFor(
  code: string,
  past: Partial<Past> = {},
  migration = aRunnable(),
  message = 'no',
  how: Partial<Circumstances> = {},
) {
  const failure: Failure = { code, message }
  return explainAway(failure, migration, { ...nothing, ...past }, { ...target, ...how })
}

const leftOut = (outside: string): Partial<Past> => ({
  leftOut: [aRunnable({ statements: [{ span, outside }] })],
})

describe('an error in a rehearsal', () => {
  it.each(['42703', '23505', '22012', '42601', '25001', '2D000', 'XX000'])(
    'of %s is that of the file',
    (code) => {
      expect(excuseFor(code)).toBeUndefined()
    },
  )

  it.each([
    ['55P03', '1 s'],
    ['57014', '30 s'],
    ['40P01', 'deadlock'],
    ['53200', 'no room for more'],
  ])('of %s ends it without blame', (code, words) => {
    expect(excuseFor(code)).toMatchObject({ stop: true, reason: expect.stringContaining(words) })
  })

  it.each([
    ['57014', 'cancelled'],
    ['55P03', 'others held a lock'],
  ])('of %s before the limit was reached is not put down to it', (code, words) => {
    const reason = excuseFor(code, {}, aRunnable(), 'no', { spentMs: 800 })?.reason
    expect(reason).toContain(words)
    expect(reason).not.toMatch(/no longer than/)
  })

  it('of a lock is put down to the limit that the file sets, where that is shorter', () => {
    const excuse = excuseFor('55P03', {}, aRunnable({ ownLockMs: 500 }), 'no', { spentMs: 600 })
    expect(excuse?.reason).toContain('no longer than 0.5 s')
  })

  it.each(['57014', '55P03', '55006', '40P01', '53200', '25001'])(
    'of %s that the file itself raises is that of the file',
    (code) => {
      const context = ['PL/pgSQL function inline_code_block line 1 at RAISE']
      const failure: Failure = { code, message: 'oddly', context }
      const how = { ...target, spentMs: 800 }
      for (const mode of ['transaction', 'no-transaction'] as const)
        expect(explainAway(failure, aRunnable({ mode }), nothing, how)).toBeUndefined()
    },
  )

  it('that a check of ours finds is never explained away', () => {
    for (const code of ['DF001', 'DF002'])
      expect(excuseFor(code, { notRun: [aRunnable()], leftOut: [aRunnable()] })).toBeUndefined()
  })

  it('may come from anything, once a file before it was not run', () => {
    const excuse = excuseFor('22012', { notRun: [aRunnable()] })
    expect(excuse).toEqual({
      stop: false,
      reason: 'it may need what was not rehearsed (01_users.sql): no',
    })
  })

  it('may come from what was left out only where it is about what is there', () => {
    const past = leftOut('CREATE INDEX CONCURRENTLY')
    expect(excuseFor('42704', past)).toMatchObject({ stop: false })
    expect(excuseFor('22012', past)).toBeUndefined()
    expect(excuseFor('23505', past)).toBeUndefined()
    expect(excuseFor('23505', leftOut('DROP INDEX CONCURRENTLY'))).toMatchObject({ stop: false })
  })

  it.each(['25001', '2D000', '55P04'])('of %s says nothing of a file outside a transaction', (code) => {
    const statements = [{ span, addsEnumValue: 'x' }]
    const outside = aRunnable({ mode: 'no-transaction', statements })
    expect(excuseFor(code, {}, outside, 'unsafe use of new value "x"')).toMatchObject({ stop: false })
  })

  it.each([
    ['unsafe use of new value "glad" of enum type "mood"', 'glad', true],
    ['unsichere Verwendung des neuen Werts »glad« des Enum-Typs »mood«', 'glad', true],
    ['utilisation non sûre de la nouvelle valeur « glad » du type énuméré mood', 'glad', true],
    ['unsafe use of new value "glad" of enum type "mood"', 'la', false],
  ])('of an enum value is that of the file which adds just it: %s, %s', (message, added, blamed) => {
    const migration = aRunnable({ statements: [{ span, addsEnumValue: added }] })
    expect(excuseFor('55P04', {}, migration, message) === undefined).toBe(blamed)
  })

  it('may come from rows that a statement was to write which is not undone', () => {
    const escaped = { escaped: [aRunnable()], leftOut: [aRunnable()] }
    for (const code of ['23503', '23502', 'P0001'])
      expect(excuseFor(code, escaped)).toMatchObject({ stop: false })
    expect(excuseFor('22012', escaped)).toBeUndefined()
    expect(excuseFor('23503', { leftOut: [aRunnable()] })).toBeUndefined()
  })

  it('may come from what was left out before it of its own file, not behind it', () => {
    const at = (statement: number, outside = 'CREATE INDEX CONCURRENTLY') => {
      const left = [{ index: 1, statement: { span, outside }, outside, reason: 'no' }]
      return explainAway({ code: '42704', message: 'no', statement }, aRunnable(), nothing, {
        ...target,
        left,
      })
    }
    expect(at(3)).toMatchObject({ reason: 'it may need what was left out of 01_users.sql: no' })
    expect(at(1)).toBeUndefined()
    // Nothing is there afterwards that was not before.
    for (const outside of ['VACUUM', 'REINDEX CONCURRENTLY', 'DISCARD ALL', 'BEGIN … ROLLBACK'])
      expect(at(3, outside)).toBeUndefined()
  })

  it('on a shadow is the file’s, whatever one transaction would cause', () => {
    const outside = aRunnable({ mode: 'no-transaction', statements: [{ span, addsEnumValue: 'x' }] })
    const shadow = { place: 'shadow', lockMs: 0 } as const
    for (const code of ['25001', '55P04', '55006', '55P03', '40P01'])
      expect(excuseFor(code, {}, outside, 'no', shadow)).toBeUndefined()
    expect(excuseFor('57014', {}, outside, 'no', shadow)).toMatchObject({ stop: true })
    expect(excuseFor('53200', {}, outside, 'no', shadow)?.reason).toContain('the shadow has no room')
  })

  describe('on a shadow, whose tables have no rows,', () => {
    const excuse = (code: string, text: string, how: Partial<Circumstances> = { lacksRows: true }) => {
      const migration = aRunnable({ text, statements: [{ span: { start: 0, end: text.length } }] })
      const shadow = { ...target, place: 'shadow', ...how } as const
      return explainAway({ code, message: 'no', statement: 1 }, migration, nothing, shadow)?.reason
    }

    it.each([
      ['23503', 'insert into orders (customer) values (1)'],
      ['23502', "insert into grants values ((select id from roles where name = 'admin'), 1)"],
      ['22003', "select setval('orders_id_seq', (select coalesce(max(id), 0) from orders))"],
      ['P0001', "do $$ begin if not found then raise exception 'no admin'; end if; end $$"],
    ])('%s may come from that: %s', (code, text) => {
      expect(excuse(code, text)).toContain('have no rows')
      expect(excuse(code, text, {})).toBeUndefined()
    })

    it.each([
      ['23502', 'insert into orders (customer) values (null)'],
      ['23514', 'INSERT INTO orders (cents) VALUES (-1)'],
      ['23505', 'insert into orders (id) values (1), (1)'],
      ['42P01', 'insert into order (id) values (1)'],
    ])('%s is the file’s where no row would change it: %s', (code, text) => {
      expect(excuse(code, text)).toBeUndefined()
    })
  })

  it('is the file’s where all files will share one transaction', () => {
    expect(excuseFor('55P04', {}, aRunnable(), 'no', { together: true })).toBeUndefined()
    expect(excuseFor('55P04', {}, aRunnable(), 'no')).toMatchObject({ stop: false })
  })

  it('is excused by what the place lacks, which is told', () => {
    const excuse = () => 'the shadow lacks the extension vector'
    expect(excuseFor('58P01', {}, aRunnable(), 'no', { place: 'shadow', excuse })).toEqual({
      reason: 'the shadow lacks the extension vector: no',
      stop: false,
    })
  })
})
