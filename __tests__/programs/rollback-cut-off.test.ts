import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { UserError } from '../../src/model/user-error.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const INDEXED = {
  '01_b.sql':
    '-- devflow:no-transaction\nCREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY i ON b (id);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY i;\nDROP TABLE b;',
}

const back = { given: { steps: '1', rehearse: 'off' } }

function told(report: Report): string {
  const steps = report.operation?.steps.map(({ version, state }) => `${version} ${state}`) ?? []
  return `${report.exitCode} ${report.status}: ${steps.join(', ')}`
}

/** The row as it is, and the newest event. */
async function recorded(migrator: Migrator): Promise<string> {
  const { records, events } = await migrator.run('history')
  const rows = records.map(({ version, status }) => `${version} ${status}`).sort()
  return `${rows.join(', ')}; ${events[0]?.event} ${events[0]?.action}`
}

async function indexes(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ index: string }>(
    `select c.relname || case when indisvalid then '' else ' INVALID' end as index from pg_index
     join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ index }) => index).join(', ')
}

/** Ends what waits for a lock, so many times, each on a connection of its own. */
async function end(
  database: TestDatabase,
  what: string,
  { by = 'pg_terminate_backend', times = 1 } = {},
): Promise<void> {
  const ended = new Set<number>()
  await until(async () => {
    const rows = await database.query<{ pid: number }>(
      `select pid, ${by}(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
      [`%${what}%`],
    )
    for (const { pid } of rows) ended.add(pid)
    return ended.size === times
  })
}

eachMajor('a rollback outside a transaction of which no statement is done', (major) => {
  it('is partial where a DROP INDEX CONCURRENTLY was cancelled, and the next one goes on', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, INDEXED)
    await migrator.run('migrate')
    await using other = await aClient(database.url)
    await other.query('begin; insert into b values (1)')
    const running = migrator.run('rollback', back)
    await end(database, 'DROP INDEX CONCURRENTLY', { by: 'pg_cancel_backend' })
    const report = await running
    await other.query('commit')
    expect([told(report), await recorded(migrator), await indexes(database)]).toEqual([
      '1 partial: 01 partial',
      '01 partial; partial rollback',
      'i INVALID',
    ])
    expect(report.operation?.steps[0]?.details?.join()).toContain('run rollback for it again')
    expect((await migrator.run('migrate')).exitCode).toBe(1)
    expect(told(await migrator.run('rollback', back))).toBe('0 applied: 01 done')
    expect([await recorded(migrator), await indexes(database)]).toEqual([
      '01 rolled_back; rolled-back rollback',
      '',
    ])
  })

  it('is partial where a CREATE INDEX CONCURRENTLY failed, and the next one builds the index anew', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_b.sql': 'CREATE TABLE b (id int);\nINSERT INTO b VALUES (1), (1);',
      '02_c.sql':
        'CREATE TABLE c (id int);\n-- migrate:down transaction:false\nCREATE UNIQUE INDEX CONCURRENTLY u ON b (id);\nDROP TABLE c;',
    })
    await migrator.run('migrate')
    const half = await migrator.run('rollback', back)
    expect([told(half), await recorded(migrator), await indexes(database)]).toEqual([
      '1 partial: 02 partial',
      '01 completed, 02 partial; partial rollback',
      'u INVALID',
    ])
    expect(half.operation?.steps[0]?.failure?.hint).toContain('builds it anew')
    await database.query('delete from b')
    expect(told(await migrator.run('rollback', back))).toBe('0 applied: 02 done')
    expect([await recorded(migrator), await indexes(database)]).toEqual([
      '01 completed, 02 rolled_back; rolled-back rollback',
      'u',
    ])
  })

  it('is partial where its connection was lost three times in a row', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, INDEXED)
    await migrator.run('migrate')
    await using other = await aClient(database.url)
    await other.query('begin; insert into b values (1)')
    const running = migrator.run('rollback', back)
    await end(database, 'DROP INDEX CONCURRENTLY', { times: 3 })
    expect([told(await running), await recorded(migrator)]).toEqual([
      '1 partial: 01 partial',
      '01 partial; partial rollback',
    ])
    await other.query('commit; begin; select from devflow.schema_migrations for update')
    const again = migrator.run('rollback', back)
    await end(database, 'WITH begun', { times: 3 })
    await other.query('commit')
    expect([told(await again), await recorded(migrator), await indexes(database)]).toEqual([
      '1 partial: 01 partial',
      '01 partial; partial rollback',
      'i INVALID',
    ])
    expect(told(await migrator.run('rollback', back))).toBe('0 applied: 01 done')
    expect(await indexes(database)).toBe('')
  }, 60_000)
})

describe('a rollback outside a transaction', () => {
  it('leaves the migration applied where its first statement failed and left nothing', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_b.sql':
        'CREATE TABLE b (id int);\n-- migrate:down transaction:false\nDROP TABLE missing;\nDROP INDEX CONCURRENTLY i;',
    })
    await migrator.run('migrate')
    expect(told(await migrator.run('rollback', back))).toBe('1 failed: 01 failed')
    expect(await recorded(migrator)).toBe('01 completed; failed rollback')
    expect((await migrator.run('migrate')).status).toBe('up-to-date')
  })
})

describe('a rollback outside a transaction of which nothing shows how far it came', () => {
  it('goes on behind a statement that somebody said is done', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_b.sql': 'CREATE TABLE b (id int);\n-- migrate:down transaction:false\nCALL part();\nDROP TABLE b;',
    })
    await database.query(
      'create procedure part() language plpgsql as $$ begin drop table if exists a; commit; perform 1 / 0; end $$',
    )
    await migrator.run('migrate')
    expect(told(await migrator.run('rollback', back))).toBe('1 partial: 01 partial')
    expect((await migrator.run('rollback', back)).status).toBe('refused')
    await database.query(`update devflow.schema_migrations
      set journal = jsonb_set(journal::jsonb, '{down,started,state}', '"done"')::text`)
    expect(told(await migrator.run('rollback', back))).toBe('0 applied: 01 done')
    expect(await recorded(migrator)).toBe('01 rolled_back; rolled-back rollback')
  })
})

describe('a rollback whose connection was lost once', () => {
  it('is not done again where what follows it fails', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;',
      '02_b.sql': 'CREATE TABLE b (id int);\n-- migrate:down\nDROP TABLE b;',
    })
    await migrator.run('migrate')
    await migrator.project.write(
      'devflow.yml',
      'database:\n  health:\n    after:\n      - connectivity: true\n',
    )
    await using proxy = await aCuttingProxy(database.url, "SET status = 'rolled_back'", 'COMMIT')
    const report = await migrator.run('rollback', {
      ...back,
      variables: { DATABASE_URL: proxy.url },
      system: {
        observe: (event) => {
          if (event.kind === 'note' && event.message.endsWith('after undoing.'))
            throw new UserError([{ message: 'The disk of the log is full.', help: 'Make room.' }])
        },
      },
    })
    expect([proxy.cuts(), report.problems[0]?.message]).toEqual([1, 'The disk of the log is full.'])
    expect(report.operation?.steps.map(({ version, state }) => `${version} ${state}`)).toEqual(['02 done'])
    expect(await recorded(migrator)).toBe('01 completed, 02 rolled_back; rolled-back rollback')
  })
})

describe('a migration outside a transaction', () => {
  it('is partial where its connection was lost three times in its first statement, and the next run goes on', async () => {
    await using database = await aDatabase({ major: 18 })
    await database.query('create table b (id int)')
    await using migrator = await aMigrator(database.url, {
      '01_i.sql': '-- devflow:no-transaction\nCREATE INDEX CONCURRENTLY i ON b (id);',
    })
    await using other = await aClient(database.url)
    await other.query('begin; insert into b values (1)')
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    // What was left of the first is dropped before the second, and waits as well.
    await end(database, 'INDEX CONCURRENTLY', { times: 3 })
    const report = await running
    await other.query('commit')
    expect([verdict(report), await recorded(migrator)]).toEqual([
      '1 partial: 01 partial',
      '01 partial; partial apply',
    ])
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect([await recorded(migrator), await indexes(database)]).toEqual(['01 completed; applied apply', 'i'])
  }, 60_000)
})
