import { describe, expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { lint } from '../lint.js'

const TABLES = `create table customers (id bigint primary key);
insert into customers values (1);
create table orders (id bigint not null, customer_id bigint default 1, total int, note varchar(20));
insert into orders select each, 1, each, 'a' || each from generate_series(1, 100) as each;`

const STATEMENTS = [
  'alter table orders add check (total > 0);',
  'alter table orders add check (total > id - 1);',
  'alter table only orders add constraint "Total" check (total > 0) no inherit, add b int;',
  'alter table orders add foreign key (customer_id) references customers on delete cascade;',
  'alter table orders add a int default 3 not null check (a > 0);',
  'alter table orders add a int constraint mine check (a > 0);',
  'alter table orders add a bigint default 1 references customers (id) deferrable initially deferred not null;',
  'alter table orders alter total set not null;',
  'alter table orders add unique (id, total);',
  'alter table orders add constraint once unique (note);',
  'alter table orders add number text unique;',
  'alter table orders add primary key (id);',
]

describe('fixes', () => {
  it.each([15, 18] as const)('leave the same on PostgreSQL %i as what they replace', async (major) => {
    await using database = await aDatabase({ major })
    for (const sql of STATEMENTS) {
      const asWritten = await tableAfter(database, [sql])
      const fixed = await tableAfter(database, await fixedStatements(sql, major))
      expect({ sql, ...fixed }).toEqual({ sql, ...asWritten })
    }
  })
})

async function tableAfter(database: TestDatabase, statements: readonly string[]) {
  await database.query('drop table if exists orders, customers')
  await database.query(TABLES)
  for (const statement of statements) await database.query(statement)
  return await describeTable(database)
}

/** One by one, for an index can not be built concurrently among others. */
async function fixedStatements(sql: string, postgres: number): Promise<string[]> {
  const findings = await lint(sql, { before: TABLES, postgres })
  const fixes = findings.flatMap(({ fix }) => fix ?? []).filter(({ edits }) => edits.length > 0)
  expect(fixes).toHaveLength(1)
  const edits = fixes.flatMap((fix) => fix.edits).toSorted((a, b) => b.span.start - a.span.start)
  const text = edits.reduce(
    (whole, { span, text }) => whole.slice(0, span.start) + text + whole.slice(span.end),
    sql,
  )
  return [text, ...fixes.map(({ next = '' }) => next)]
    .join('\n')
    .split(/(?<=;)\n/)
    .filter((each) => each.trim() !== '')
}

async function describeTable(database: TestDatabase) {
  return {
    columns: await database.query(
      `select attname, format_type(atttypid, atttypmod) as type, attnotnull, pg_get_expr(adbin, adrelid) as value
       from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
       where attrelid = 'orders'::regclass and attnum > 0 order by attname`,
    ),
    constraints: await database.query(
      `select conname, convalidated, condeferrable, condeferred, pg_get_constraintdef(oid) as definition
       from pg_constraint where conrelid = 'orders'::regclass order by conname`,
    ),
    rows: await database.query('select count(*) from orders'),
  }
}
