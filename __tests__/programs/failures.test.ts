import { expect, it } from '@jest/globals'
import type { Failure } from '../../src/model/outcome.js'
import type { Report } from '../../src/model/report.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

/** Why the third file failed: as the rehearsal saw it, or, where it was left to the run, as the run did. */
function failureOf(report: Report): Failure | undefined {
  return [...report.rehearsal, ...report.outcomes].find((one) => one.version === '03' && one.failure)?.failure
}

/** As it is recorded. */
function messageOf(report: Report): string {
  const { message = '', context } = failureOf(report) ?? {}
  return context ? `${message} (${context.join('; ')})` : message
}

const first =
  'create table held (); create table p (id int primary key); create table r (id int references p deferrable initially deferred); insert into p values (1); insert into r values (1); create table t (id int primary key, u int unique); create function f() returns int language plpgsql as $$ begin return 1/0; end $$;'

const cases: readonly [name: string, sql: string, expected: object][] = [
  [
    'an error with a position of the server',
    'select 1;\n  select nope\n  from t;',
    { code: '42703', statement: 2, position: { line: 2, column: 10 }, excerpt: '  select nope\n         ^' },
  ],
  [
    'an error with a hint of the server',
    `select 1;\nselect length(1);`,
    { code: '42883', hint: expect.stringContaining('explicit type casts'), position: { line: 2, column: 8 } },
  ],
  [
    'a division by zero in the third statement, which has no position',
    'select 1;\nselect 2;\n\n  select 1/0;\nselect 3;',
    { code: '22012', statement: 3, position: { line: 4, column: 3 }, excerpt: '  select 1/0;\n  ^' },
  ],
  [
    'a unique violation',
    'insert into t values (1);\ninsert into t\n  values (1);',
    { code: '23505', statement: 2, position: { line: 2, column: 1, endLine: 3, endColumn: 12 } },
  ],
  [
    'emoji before the error',
    `select '😀😀é' as "🐘";\n/* 🐘 */ select '😀', nope;`,
    { code: '42703', statement: 2, position: { line: 2, column: 21 } },
  ],
  [
    'CRLF line ends',
    'select 1;\r\nselect 2;\r\n\r\nselect nope;\r\n',
    { code: '42703', statement: 3, position: { line: 4, column: 8 }, excerpt: 'select nope;\n       ^' },
  ],
  [
    'an error in the function that a statement calls',
    'select 1;\n-- why\nselect f();',
    { code: '22012', statement: 2, position: { line: 3, column: 1 } },
  ],
  [
    'a byte-order mark, a comment and empty statements before the error',
    '\ufeff-- 😀\n;;\nselect 1;;\n select nope;',
    { code: '42703', statement: 2, position: { line: 4, column: 9 } },
  ],
  [
    'its own BEGIN and COMMIT',
    'begin; -- 😀\nselect 1;\nselect nope;\ncommit;',
    { code: '42703', statement: 2, position: { line: 3, column: 8 } },
  ],
  [
    'a deferred constraint that nothing fulfils',
    'create table c (id int references t deferrable initially deferred);\ninsert into c values (7);\nselect 1;',
    {
      code: '23503',
      message: expect.stringContaining('violates foreign key constraint'),
      hint: expect.stringContaining('Shown is the statement'),
      position: { line: 2, column: 1 },
      excerpt: 'insert into c values (7);\n^',
    },
  ],
  [
    'a row taken away that others refer to, by a deferred constraint',
    `insert into p values (2);
insert into public.r values (2);
delete from only "public"."p" where id = 1;
create table c ();`,
    {
      code: '23503',
      hint: expect.stringContaining('the last of the statements'),
      position: { line: 3, column: 1 },
    },
  ],
]

eachMajor('a failing file', (major) => {
  it.each(cases)('is placed by line and column where the rehearsal shows %s', async (_, sql, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': first })
    await migrator.run('migrate')
    await migrator.write('03_c.sql', sql)
    await migrator.write('04_d.sql', 'create table after ();')
    const report = await migrator.run('migrate')
    expect(failureOf(report)).toMatchObject(expected)
    expect(report).toMatchObject({ exitCode: 1, status: 'failed', ready: false })
    expect(report.outcomes.map(({ state }) => state)).toEqual(['not-run', 'not-run'])
    expect(report.rehearsal.map(({ state }) => state)).toEqual(['failed', 'not-run'])
    const [row] = await database.query(
      `select m.status, m.error_message, h.event, h.status as outcome, m.error_message = h.error_message as same
       from devflow.schema_migrations m join devflow.migration_history h using (version) where version = '03'`,
    )
    expect(row).toEqual({
      status: 'failed',
      error_message: `in the rehearsal: ${messageOf(report)}`,
      event: 'rehearsal-failed',
      outcome: 'failed',
      same: true,
    })
  })

  it.each(cases)('is placed by line and column where applying it shows %s', async (_, sql, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': first })
    await migrator.run('migrate')
    await migrator.write('02_held.sql', 'lock table held in access exclusive mode;')
    await migrator.write('03_c.sql', sql)
    await migrator.write('04_d.sql', 'create table after ();')
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 partial: 02 applied, 03 failed, 04 not-run')
    expect(failureOf(report)).toMatchObject(expected)
    expect(
      await database.query(
        'select version, status, error_message from devflow.schema_migrations order by version',
      ),
    ).toMatchObject([
      { version: '01', status: 'completed' },
      { version: '02', status: 'completed' },
      { version: '03', status: 'failed', error_message: messageOf(report) },
    ])
    expect(
      await database.query(
        `select version, event from devflow.migration_history where event <> 'anchor' order by seq`,
      ),
    ).toEqual([
      { version: '01', event: 'applied' },
      { version: '02', event: 'applied' },
      { version: '03', event: 'failed' },
    ])
    expect(
      await database.query(`select to_regclass('c') as c, (select count(*)::int from t) as rows`),
    ).toEqual([{ c: null, rows: 0 }])
  })
})

eachMajor('a file that gives back the lock of the run', (major) => {
  it('is shown at the only statement that can have done so, where a function did it', async () => {
    await using database = await aDatabase({ major })
    const sql = `create function g() returns void language sql as 'select pg_advisory_unlock_all()';\nselect g();`
    await using migrator = await aMigrator(database.url, { '01_a.sql': sql })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.outcomes[0]?.failure).toMatchObject({ code: 'DF002', position: { line: 2, column: 1 } })
  })
})
