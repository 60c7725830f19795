import { describe, expect, it } from '@jest/globals'
import type { Measured } from '../../../src/model/measured.js'
import { blindSpots } from '../../../src/rehearsal/verdicts/blind-spots.js'
import { positionOf } from '../../../src/sql/position.js'
import { aMeasured, aMigration, aRehearsed } from '../../support/builders.js'

const OLD: Measured['locks'] = [{ relation: 'public.orders', modes: ['AccessExclusive'] }]

/** What a shadow can't tell of statements, which touch a table that was there before unless they are after `new:`. */
function blind(statements: readonly string[], kind: 'shadow' | 'target' = 'shadow') {
  const text = statements.map((each) => `${each.replace(/^new: /, '')};\n`).join('')
  const file = aMigration({ text })
  let end = 0
  const measured = statements.map((each, index) => {
    const sql = each.replace(/^new: /, '')
    const start = text.indexOf(sql, end)
    end = start + sql.length
    const position = positionOf(text, { start, end })
    return aMeasured({ statement: index + 1, position, text: sql, locks: each === sql ? OLD : [] })
  })
  const migration = { file, text, mode: 'transaction' as const }
  return blindSpots([aRehearsed({ measured })], [migration], { kind })
}

describe('what a shadow can not tell', () => {
  it('is one sentence, in which each kind stands once', async () => {
    expect(
      await blind([
        'alter table orders alter column total set not null, alter column code type int using code::int',
        'alter table orders alter column paid set not null',
        'create unique index on orders (code)',
      ]),
    ).toBe(
      'The tables of the shadow have no rows, so what depends on those of the target does not show: NULL in a column that becomes NOT NULL (23502), two rows alike under a new unique index (23505) and a value that a new type does not take (22P02, 22001, 22003).',
    )
  })

  it.each([
    ['alter table orders add column n int not null', '23502'],
    ['alter table orders add column n int primary key', '23502'],
    ['alter table orders add primary key (id)', '23502'],
    ['alter table orders add constraint c not null n', '23502'],
    ['alter domain cents set not null', '23502'],
    ['alter table orders add unique (code)', '23505'],
    ['alter table orders add column n int default 1 unique', '23505'],
    ['create unique index concurrently on orders (code)', '23505'],
    ['alter table orders add check (total > 0)', '23514'],
    ['alter table orders add column n int default 0 check (n > 0)', '23514'],
    ['alter table orders validate constraint c', '23514'],
    ['alter domain cents add check (value > 0)', '23514'],
    ['alter table orders attach partition old for values in (1)', '23514'],
    ['alter table orders add foreign key (customer) references customers', '23503'],
    ['alter table orders validate constraint c', '23503'],
    ['alter table orders add exclude using gist (during with &&)', '23P01'],
    ['alter table orders alter column code type varchar(3)', '22001'],
    ['update orders set code = code || 1', '23505'],
    ['do $$ begin alter table orders add check (total > 0); end $$', '23514'],
  ])('follows from %s: %s', async (sql, code) => {
    expect(await blind([sql])).toContain(code)
  })

  it.each([
    'alter table orders add column n int',
    'alter table orders add column n int not null default 0',
    'alter table orders add column n int generated always as identity',
    'alter table orders add check (total > 0) not valid',
    'alter table orders add foreign key (customer) references customers not valid',
    'alter table orders add constraint u unique using index orders_code',
    'alter table orders alter column total drop not null',
    'create index on orders (code)',
    'drop table orders',
    'alter domain cents drop not null',
  ])('is nothing after %s', async (sql) => {
    expect(await blind([sql])).toBeUndefined()
  })

  it('is nothing of what the files make themselves', async () => {
    expect(
      await blind(['new: create table t (n int)', 'new: alter table t add check (n > 0)']),
    ).toBeUndefined()
  })

  it('is nothing on a target, which has rows', async () => {
    expect(await blind(['create unique index on orders (code)'], 'target')).toBeUndefined()
  })

  it('is nothing of what is no SQL', async () => {
    expect(await blind(['alter tabel orders'])).toBeUndefined()
  })
})
