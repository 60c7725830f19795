import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator } from './a-migrator.js'

const START = `create table t (i int); insert into t values (1), (1); create index old on t (i);
create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9);`

const quick = { given: { rehearse: 'off' } }

/** Cancels what waits for a writer, while it is done. */
async function cancelled(
  database: TestDatabase,
  writes: string,
  work: () => Promise<unknown>,
): Promise<void> {
  await using other = await aClient(database.url)
  await other.query(`begin; ${writes}`)
  const running = work()
  await until(async () => {
    const rows = await database.query(
      `select pg_cancel_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query ilike '%concurrently%'`,
    )
    return rows.length > 0
  })
  await running
  await other.query('rollback')
}

async function found(migrator: Migrator): Promise<unknown[]> {
  const { exitCode, findings } = await migrator.run('verify')
  expect(exitCode).toBe(1)
  return findings
    .filter(({ rule }) => rule === 'invalid-index' || rule === 'pending-detach')
    .map(({ rule, message, help }) => ({ rule, message, help }))
}

const CASES: readonly [sql: string, writes: string, rule: string, message: string, help: RegExp][] = [
  [
    'create table first (); create unique index concurrently ix on t (i);',
    '',
    'invalid-index',
    'The index public.ix is INVALID: its concurrent build failed in 02_i.sql.',
    /run migrate again: .* builds it anew/,
  ],
  [
    'drop index concurrently old;',
    'insert into t values (1)',
    'invalid-index',
    'The index public.old is INVALID: it is half dropped, because DROP INDEX CONCURRENTLY failed in 02_i.sql.',
    /^Run migrate again: .* it drops the index\..*REINDEX INDEX CONCURRENTLY public\.old first\.$/,
  ],
  [
    'reindex index concurrently old;',
    'insert into t values (1)',
    'invalid-index',
    'The index public.old_ccnew is INVALID: it is what a REINDEX CONCURRENTLY left that failed in 02_i.sql.',
    /^Run migrate again: it takes the index away first\.$/,
  ],
  [
    'alter table p detach partition q concurrently;',
    'insert into p values (1)',
    'pending-detach',
    'The partition public.q is half detached from public.p, and no query on that sees its rows any more: DETACH PARTITION CONCURRENTLY failed in 02_i.sql.',
    /^Run migrate again: .* begins with ALTER TABLE public\.p DETACH PARTITION public\.q FINALIZE\.$/,
  ],
]

eachMajor('what verify says of what is half done', (major) => {
  it.each(CASES)('by the row of the file: %s', async (sql, writes, rule, message, help) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': START })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', sql)
    const apply = () => migrator.run('migrate', quick)
    await (writes === '' ? apply() : cancelled(database, writes, apply))
    expect(await found(migrator)).toEqual([{ rule, message, help: expect.stringMatching(help) }])
    await database.query('delete from t')
    await apply()
    expect((await migrator.run('verify')).exitCode).toBe(0)
  })

  it('by the catalog alone: by hand, and of what was cut off', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': START })
    await migrator.run('migrate')
    await using other = await aClient(database.url)
    await cancelled(database, 'insert into p values (1)', () =>
      other.query('alter table p detach partition q concurrently').catch(() => {}),
    )
    expect(await found(migrator)).toEqual([
      {
        rule: 'pending-detach',
        message: expect.stringContaining('CONCURRENTLY was not finished.'),
        help: 'Run ALTER TABLE public.p DETACH PARTITION public.q FINALIZE, and ATTACH PARTITION where it is to stay.',
      },
    ])
    await database.query('alter table p detach partition q finalize')
    await database.query(
      "update pg_index set indisvalid = false, indislive = false where indexrelid = 'old'::regclass",
    )
    expect(await found(migrator)).toMatchObject([
      {
        message: expect.stringContaining('half dropped'),
        help: expect.stringMatching(/^Run DROP INDEX CONCURRENTLY public\.old, which/),
      },
    ])
    await database.query('drop index concurrently old')
    expect((await migrator.run('verify')).exitCode).toBe(0)
  })

  it('of an index of a partitioned table, which no concurrent way drops', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${START} create index ix on only p (n);`,
    })
    await migrator.run('migrate')
    expect(await found(migrator)).toEqual([
      {
        rule: 'invalid-index',
        message:
          'The index public.ix is INVALID: not every partition of public.p has a valid index attached to it.',
        help: expect.stringMatching(/ALTER INDEX public\.ix ATTACH PARTITION: .* run DROP INDEX public\.ix,/),
      },
    ])
    await migrator.write(
      '02_q.sql',
      'create index concurrently qx on q (n); alter index ix attach partition qx;',
    )
    await migrator.run('migrate', quick)
    expect((await migrator.run('verify')).exitCode).toBe(0)
  })
})
