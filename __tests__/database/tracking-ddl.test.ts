import { expect, it } from '@jest/globals'
import { parseRecords, recordsQuery } from '../../src/database/read-history.js'
import { trackingComment, trackingDdl, trackingVersionOf } from '../../src/database/tracking-ddl.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSession, ensureTables, nowhere, sent } from './a-session.js'

/** As the custom runner's document has them. */
const CUSTOM_RUNNER = `create table schema_migrations (version text primary key, name text not null,
  applied_at timestamptz default clock_timestamp(), checksum text not null, execution_time_ms integer,
  status text not null, error_message text, applied_by text);
create table migration_history (id uuid primary key default gen_random_uuid(), version text not null,
  action text not null, executed_at timestamptz default clock_timestamp(), execution_time_ms integer,
  status text not null, error_message text, executed_by text, environment text);`

/** As the first version of this tool made them. */
const VERSION_1 = `${CUSTOM_RUNNER}
alter table schema_migrations
  add executed_at timestamptz generated always as (applied_at) stored,
  add success boolean generated always as (status = 'completed') stored,
  add transaction_id xid8, add statements_done integer, add run_url text, add run_attempt integer,
  add commit_sha text, add plan_hash text, add tool_version text,
  add constraint devflow_status check
    (status in ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));
alter table migration_history
  add seq bigint generated always as identity, add event text, add run_url text, add run_attempt integer,
  add commit_sha text, add plan_hash text, add tool_version text;
create function get_migration_status() returns table
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
  language sql stable as 'select 0::bigint, 0::bigint, 0::bigint, 0::bigint, null::text, null::timestamptz';
create view migration_status_view with (security_invoker = true) as
  select version, name, status, applied_at, execution_time_ms, applied_by, error_message from schema_migrations;
comment on table schema_migrations is 'devflow-migrate tracking table, version 1';`

/** As the second version made them of the first. */
const VERSION_2 = `${VERSION_1}
alter table schema_migrations add journal text;
comment on table schema_migrations is 'devflow-migrate tracking table, version 2';`

/** As the third version made them of the second. */
const VERSION_3 = `${VERSION_2}
alter table migration_history add forced text;
alter table schema_migrations enable row level security;
alter table migration_history enable row level security;
comment on table schema_migrations is 'devflow-migrate tracking table, version 3';`

async function columnsOf(database: TestDatabase, relation: string) {
  const rows = await database.query<{ line: string }>(
    `SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
       || CASE WHEN a.attgenerated = 's' THEN ' generated as ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END
       || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END AS line
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 ORDER BY a.attnum`,
    [relation],
  )
  return rows.map(({ line }) => line)
}

eachMajor('the tracking tables', (major) => {
  it('have the columns of the contract', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await ensureTables(session)

    expect(await columnsOf(database, 'devflow.schema_migrations')).toEqual([
      'version text not null',
      'name text not null',
      'applied_at timestamp with time zone',
      'checksum text not null',
      'execution_time_ms integer',
      'status text not null',
      'error_message text',
      'applied_by text',
      'executed_at timestamp with time zone generated as applied_at',
      "success boolean generated as (status = 'completed'::text)",
      'transaction_id xid8',
      'statements_done integer',
      'journal text',
      'run_url text',
      'run_attempt integer',
      'commit_sha text',
      'plan_hash text',
      'tool_version text',
    ])
    expect(await columnsOf(database, 'devflow.migration_history')).toEqual([
      'id uuid not null',
      'version text not null',
      'action text not null',
      'executed_at timestamp with time zone',
      'execution_time_ms integer',
      'status text not null',
      'error_message text',
      'executed_by text',
      'environment text',
      'seq bigint not null identity',
      'event text',
      'name text',
      'checksum text',
      'detail text',
      'system_identifier text',
      'forced text',
      'run_url text',
      'run_attempt integer',
      'commit_sha text',
      'plan_hash text',
      'tool_version text',
      'approver text',
      'approval_kind text',
      'approval_comment text',
      'prev_hash text',
      'hash text',
    ])
    expect(await columnsOf(database, 'devflow.target_identity')).toEqual([
      'tracking_table text not null',
      'id uuid not null',
      'project text',
      'environment text not null',
      'system_identifier text',
      'timeline integer',
      'database_name text not null',
      'database_oid oid not null',
      'recorded_at timestamp with time zone not null',
      'recorded_by text',
      'run_url text',
    ])
    expect(await columnsOf(database, 'devflow.schema_snapshots')).toEqual([
      'id bigint not null identity',
      'recorded_at timestamp with time zone not null',
      'tool_version text not null',
      'server_major integer not null',
      'schemas text[] not null',
      'history_seq bigint not null',
      'fingerprint text not null',
      'objects text not null',
    ])
  })

  it('generate executed_at and success, and take the states of the contract only', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await ensureTables(session)
    const states = ['pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back']
    for (const state of states) {
      await database.query(
        `INSERT INTO devflow.schema_migrations (version, name, checksum, status) VALUES ($1, $1, 'c', $1)`,
        [state],
      )
    }

    expect(
      await database.query(
        'SELECT version, success, executed_at = applied_at AS same FROM devflow.schema_migrations ORDER BY version',
      ),
    ).toEqual(states.sort().map((version) => ({ version, success: version === 'completed', same: true })))
    await expect(
      database.query(`UPDATE devflow.schema_migrations SET status = 'done' WHERE version = 'failed'`),
    ).rejects.toThrow(/devflow_status/)
    await expect(
      database.query(`UPDATE devflow.schema_migrations SET success = true WHERE version = 'failed'`),
    ).rejects.toThrow(/can only be updated to DEFAULT/)
  })

  it('are reported on by one row of get_migration_status() and a view', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await ensureTables(session)

    expect(await database.query('SELECT * FROM devflow.get_migration_status()')).toEqual([
      { total: '0', completed: '0', pending: '0', failed: '0', last_version: null, last_applied_at: null },
    ])
    await database.query(`INSERT INTO devflow.schema_migrations (version, name, checksum, status, applied_at) VALUES
      ('01', 'a', 'c', 'completed', '2026-01-01Z'), ('10', 'b', 'c', 'completed', '2026-01-02Z'),
      ('02', 'c', 'c', 'completed', '2026-01-03Z'), ('11', 'd', 'c', 'failed', '2026-01-04Z'),
      ('12', 'e', 'c', 'partial', '2026-01-04Z'), ('13', 'f', 'c', 'pending', NULL),
      ('14', 'g', 'c', 'running', '2026-01-05Z')`)
    expect(await database.query('SELECT * FROM devflow.get_migration_status()')).toEqual([
      {
        total: '7',
        completed: '3',
        pending: '1',
        failed: '2',
        last_version: '02',
        last_applied_at: new Date('2026-01-03Z'),
      },
    ])
    expect(await columnsOf(database, 'devflow.migration_status_view')).toEqual([
      'version text',
      'name text',
      'status text',
      'applied_at timestamp with time zone',
      'execution_time_ms integer',
      'applied_by text',
      'error_message text',
    ])
    expect(
      await database.query(`SELECT version, status FROM devflow.migration_status_view WHERE version = '11'`),
    ).toEqual([{ version: '11', status: 'failed' }])
  })

  it('are known again by a comment, and are made twice without harm', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await ensureTables(session)
    await database.query(
      `INSERT INTO devflow.schema_migrations (version, name, checksum, status) VALUES ('1', 'a', 'c', 'completed')`,
    )
    await ensureTables(session, { ...nowhere, version: 0 }, true)

    const [row] = await database.query<{ comment: string; rows: string }>(
      `SELECT obj_description('devflow.schema_migrations'::regclass, 'pg_class') AS comment,
        (SELECT count(*) FROM devflow.schema_migrations) AS rows`,
    )
    expect(row).toEqual({ comment: 'devflow-migrate tracking table, version 4', rows: '1' })
    expect(trackingDdl({ ...nowhere, version: 4 }, true)).toBe('')
  })

  it.each([
    ['the custom runner', 0, CUSTOM_RUNNER],
    ['version 1', 1, VERSION_1],
    ['version 2', 2, VERSION_2],
    ['version 3', 3, VERSION_3],
  ])('of %s are brought to this version, and keep their rows', async (_, version, sql) => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await database.query(`create schema devflow; set search_path = devflow; ${sql}`)
    await database.query(
      `INSERT INTO devflow.schema_migrations (version, name, checksum, status) VALUES ('1', 'a', 'c', 'completed'), ('2', 'b', 'd', 'running')`,
    )
    await database.query(
      `INSERT INTO devflow.migration_history (id, version, action, status) VALUES (gen_random_uuid(), '1', 'apply', 'success')`,
    )
    expect(parseRecords(await sent(session, recordsQuery({ ...nowhere, version })))).toMatchObject([
      { version: '1', journal: null },
      { version: '2', journal: null },
    ])
    await ensureTables(session, { ...nowhere, version }, true)

    await using fresh = await aDatabase({ major })
    await using other = await aSession(fresh.url)
    await ensureTables(other)
    for (const relation of [
      'devflow.schema_migrations',
      'devflow.migration_history',
      'devflow.schema_snapshots',
      'devflow.target_identity',
    ])
      expect((await columnsOf(database, relation)).toSorted()).toEqual(
        (await columnsOf(fresh, relation)).toSorted(),
      )
    expect(
      parseRecords(await sent(session, recordsQuery({ ...nowhere, version: 4 }))).map(
        ({ version, status, journal }) => `${version} ${status} ${journal}`,
      ),
    ).toEqual(['1 completed null', '2 running null'])
    expect(await database.query('select count(*)::int as n from devflow.migration_history')).toEqual([
      { n: 1 },
    ])
    const [row] = await database.query<{ comment: string }>(
      `SELECT obj_description('devflow.schema_migrations'::regclass, 'pg_class') AS comment`,
    )
    expect(trackingVersionOf(row?.comment ?? null)).toBe(4)
  })

  it('stand where they are configured, whatever the names hold', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    const odd = {
      schema: `we"ird $devflow$ 'x' \\`,
      table: `t"a'b\\le.$devflow$`,
      version: 'absent',
    } as const
    await ensureTables(session, odd)
    await ensureTables(session, { ...odd, version: 0 }, true)

    expect(
      await database.query(
        `SELECT relname FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND relkind IN ('r', 'v') ORDER BY 1`,
        [odd.schema],
      ),
    ).toEqual(
      [odd.table, 'migration_history', 'migration_status_view', 'schema_snapshots', 'target_identity']
        .sort()
        .map((relname) => ({ relname })),
    )
  })
})

it('reads the version of the tables off their comment, and 0 off any other', () => {
  expect(trackingVersionOf(trackingComment(7))).toBe(7)
  expect(trackingVersionOf('tracks migrations')).toBe(0)
  expect(trackingVersionOf(null)).toBe(0)
})
