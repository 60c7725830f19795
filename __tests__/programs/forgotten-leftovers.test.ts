import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator, trouble, verdict } from './a-migrator.js'

const DUPLICATES =
  'create table t (i int, k int generated always as identity primary key); insert into t values (1), (1);'
const FAILS = 'create unique index concurrently ix on t (i);'
const PARTED =
  'create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9);'

const quick = { given: { rehearse: 'off' } }

async function indexes(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ index: string }>(
    `select c.relname || case when indisvalid then '' else ' INVALID' end as index from pg_index
     join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ index }) => index).join(', ')
}

function remove({ project }: Migrator, name: string): Promise<void> {
  return rm(join(project.path, 'migrations', name))
}

/** Writes a file, and cancels its concurrent statement while it waits for a writer. */
async function halfDone(
  database: TestDatabase,
  migrator: Migrator,
  name: string,
  sql: string,
  writes: string,
): Promise<void> {
  await migrator.write(name, sql)
  await using other = await aClient(database.url)
  await other.query(`begin; ${writes}`)
  const running = migrator.run('migrate', quick)
  await until(async () => {
    const rows = await database.query(
      `select pg_cancel_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query ilike '%concurrently%'`,
    )
    return rows.length > 0
  })
  expect((await running).outcomes.map(({ state }) => state)).toContain('failed')
  await other.query('rollback')
}

/** 02 left `ix` INVALID; it is gone, and what made it fail is mended. */
async function leftBehind(database: TestDatabase): Promise<Migrator> {
  const migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES, '02_i.sql': FAILS })
  await migrator.run('migrate')
  expect(await indexes(database)).toBe('ix INVALID, t_pkey')
  await database.query('delete from t where k = 2')
  await remove(migrator, '02_i.sql')
  return migrator
}

eachMajor('what a file left that failed and is gone by now', (major) => {
  it.each([
    ['the same in a transaction', 'create unique index if not exists ix on t (i);', 'ix, t_pkey'],
    ['one without IF NOT EXISTS', 'create unique index IX on t (i);', 'ix, t_pkey'],
    ['the same', FAILS, 'ix, t_pkey'],
    ['content with any', FAILS.replace('concurrently', 'concurrently if not exists'), 'ix, t_pkey'],
    ['nothing to do with it', 'select 1;', 't_pkey'],
  ])('is taken away before another file runs, which holds %s', async (_, text, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await migrator.write('03_i.sql', text)
    const [status] = (await migrator.run('status')).findings
    expect(status).toMatchObject({
      rule: 'unfinished-migration',
      severity: 'notice',
      message: expect.stringContaining('failed in 02_i.sql'),
    })
    const report = await migrator.run('migrate')
    expect([verdict(report), trouble(report)]).toEqual([
      '0 applied: 03 applied',
      expect.stringContaining('failed in 02_i.sql'),
    ])
    expect(await indexes(database)).toBe(expected)
    expect((await migrator.run('status')).findings).toEqual([])
  })

  it('is taken away where all files share a transaction', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await migrator.write('04_x.sql', 'select 1;')
    await migrator.write('03_i.sql', 'create unique index if not exists ix on t (i);')
    const all = { given: { transaction: 'all', to: '03' } }
    expect(verdict(await migrator.run('migrate', all))).toBe('0 applied: 03 applied')
    expect(await indexes(database)).toBe('ix, t_pkey')
  })

  it.each([
    ['content with any', 'create unique index if not exists ix on t (i);'],
    ['one of that name', 'create unique index ix on t (i);'],
  ])('is taken away before a file that comes before it by now, %s', async (_, text) => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await migrator.write('02_i.sql', '-- @depends-on: 03\nselect 1;')
    await migrator.write('03_i.sql', text)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 03 applied, 02 applied')
    expect(await indexes(database)).toBe('ix, t_pkey')
  })

  it('stays where it came by other hands since', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await leftBehind(database)
    await database.query('drop index ix; insert into t values (1)')
    await database.query(FAILS).catch(() => {})
    await migrator.write('03_x.sql', 'select 1;')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 03 applied')
    expect(await indexes(database)).toBe('ix INVALID, t_pkey')
  })

  it('stops the run by name where it can not be told without the file, and nothing is sent', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table t (i int); create index old on t (i); ${PARTED}`,
    })
    await migrator.run('migrate')
    await halfDone(database, migrator, '02_d.sql', 'drop index concurrently old;', 'insert into t values (1)')
    await remove(migrator, '02_d.sql')
    await migrator.write('04_x.sql', 'create table x ();')
    const dropped = await migrator.run('migrate', quick)
    expect(verdict(dropped)).toBe('1 failed: 04 failed')
    expect(dropped.outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringMatching(
        /^the index public\.old is INVALID.*that is 02_d\.sql.*not part of this run\)$/,
      ),
      hint: expect.stringContaining('REINDEX INDEX CONCURRENTLY public.old'),
    })
    await database.query('drop index old')
    await halfDone(
      database,
      migrator,
      '03_d.sql',
      'alter table p detach partition q concurrently;',
      'insert into p values (1)',
    )
    await remove(migrator, '03_d.sql')
    for (const text of ['create table x ();', '-- devflow:no-transaction\ncreate table x ();']) {
      await migrator.write('04_x.sql', text)
      expect((await migrator.run('migrate', quick)).outcomes[0]?.failure).toMatchObject({
        code: 'DF007',
        message: expect.stringMatching(/still to be detached.*that is 03_d\.sql/),
      })
    }
    expect(await database.query("select to_regclass('x') as x")).toEqual([{ x: null }])
    await database.query('alter table p detach partition q finalize')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 04 applied')
    expect((await migrator.run('status')).findings).toEqual([])
  })

  it('is left to the file where that was only renamed, or is for a later run', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int); create index old on t (i);',
    })
    await migrator.run('migrate')
    const drops = 'drop index concurrently old;'
    await halfDone(database, migrator, '03_d.sql', drops, 'insert into t values (1)')
    await migrator.write('02_x.sql', 'create table x ();')
    expect(verdict(await migrator.run('migrate', { given: { to: '02' } }))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('old INVALID')
    await remove(migrator, '03_d.sql')
    await migrator.write('04_d.sql', `select 1; ${drops}`)
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 04 applied')
    expect(await indexes(database)).toBe('')
    await migrator.write('05_x.sql', 'select 1;')
    await migrator.run('migrate')
    expect((await migrator.run('status')).findings).toEqual([])
  })

  it('is not forgotten where it is done by now, and its file is left for a later run', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int); create index old on t (i);',
    })
    await migrator.run('migrate')
    await halfDone(database, migrator, '03_d.sql', 'drop index concurrently old;', 'insert into t values (1)')
    await database.query('drop index old')
    await migrator.write('02_x.sql', 'create table x ();')
    expect(verdict(await migrator.run('migrate', { given: { to: '02' } }))).toBe('0 applied: 02 applied')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 03 applied')
  })

  it('holds up no rollback', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table t (i int); create index old on t (i);`,
      '02_c.sql': 'create table c ();\n-- migrate:down\ndrop table c;',
    })
    await migrator.run('migrate')
    await halfDone(database, migrator, '03_d.sql', 'drop index concurrently old;', 'insert into t values (1)')
    await remove(migrator, '03_d.sql')
    const report = await migrator.run('rollback', { given: { steps: '1' } })
    expect(report.operation?.steps.map(({ state }) => state)).toEqual(['done'])
  })
})
