import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'

/**
 * Look-alikes of what our statements use, in a schema that is searched before `pg_catalog`. Each tells on whoever
 * calls it, and the relations lie.
 */
function trap(schema: string): string {
  const told = `BEGIN INSERT INTO ${schema}.caught VALUES (current_query()); RETURN`
  const functionOf = (signature: string, type: string, value: string) =>
    `CREATE FUNCTION ${schema}.${signature} RETURNS ${type} LANGUAGE plpgsql AS $t$ ${told} ${value}; END $t$;`
  return `CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE ${schema}.caught (query text);
GRANT USAGE ON SCHEMA ${schema} TO PUBLIC;
${functionOf('now()', 'timestamptz', "'epoch'::timestamptz")}
${functionOf('clock_timestamp()', 'timestamptz', "'epoch'::timestamptz")}
${functionOf('format(text, text)', 'text', "'select 1'")}
${functionOf('format(text, text, text, text)', 'text', "'select 1'")}
${functionOf('current_setting(text)', 'text', "'150000'")}
${functionOf('current_database()', 'name', "'elsewhere'::name")}
${functionOf('gen_random_uuid()', 'uuid', "'00000000-0000-0000-0000-000000000000'::uuid")}
${functionOf('pg_current_xact_id()', 'xid8', "'1'::xid8")}
${functionOf('pg_backend_pid()', 'integer', '0')}
${functionOf('pg_try_advisory_lock(bigint)', 'boolean', 'true')}
${functionOf('to_char(timestamp, text)', 'text', "'never'")}
${functionOf('equal_text(text, text)', 'boolean', 'true')}
CREATE OPERATOR ${schema}.= (LEFTARG = text, RIGHTARG = text, FUNCTION = ${schema}.equal_text);
CREATE TABLE ${schema}.schema_migrations (version text, name text, applied_at timestamptz, checksum text,
  execution_time_ms integer, status text, error_message text, applied_by text);
INSERT INTO ${schema}.schema_migrations VALUES ('01', '01_others.sql', NULL, 'x', 1, 'completed', NULL, 'mallory');
CREATE TABLE ${schema}.migration_history (id uuid);
CREATE VIEW ${schema}.pg_locks AS SELECT 1 AS nothing;
CREATE VIEW ${schema}.pg_class AS SELECT 1 AS nothing;
CREATE VIEW ${schema}.pg_namespace AS SELECT 1 AS nothing;
CREATE VIEW ${schema}.pg_stat_activity AS SELECT 1 AS nothing;`
}

async function search(database: TestDatabase, path: string): Promise<void> {
  await database.query(`ALTER DATABASE ${database.name} SET search_path = ${path}`)
}

eachMajor('own statements', (major) => {
  for (const { where, schema, path } of [
    { where: 'a schema named as the user', schema: 'postgres', path: '"$user", public, pg_catalog' },
    { where: 'a schema before all others', schema: 'trap', path: 'trap, pg_catalog' },
  ]) {
    it(`are not bent by look-alikes in ${where}`, async () => {
      await using database = await aDatabase({ major })
      await database.query(trap(schema))
      await search(database, path)
      await using project = await aProject({
        'migrations/01_users.sql': 'create table public.users (id bigint primary key);\n',
        'migrations/02_index.sql': 'create index concurrently users_id on public.users (id);\n',
        ...trackedIn('devflow'),
      })

      expect(await project.run('status', database.url)).toMatchObject({ status: 'pending', records: [] })
      expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', ready: true })
      await project.write('migrations/03_bad.sql', 'select 1/0;\n')
      expect(await project.run('migrate', database.url)).toMatchObject({ status: 'failed' })
      expect(await project.run('history', database.url)).toMatchObject({ exitCode: 0 })
      expect(await database.query(`SELECT query FROM ${schema}.caught`)).toEqual([])
      expect(
        await database.query(
          `SELECT m.version, m.status, m.applied_at > '2020-01-01' AS dated FROM devflow.schema_migrations m`,
        ),
      ).toEqual([
        { version: '01', status: 'completed', dated: true },
        { version: '02', status: 'completed', dated: true },
        { version: '03', status: 'failed', dated: true },
      ])
    })
  }

  it('are not bent by what a migration leaves in the session', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({
      'migrations/01_hijack.sql': `${trap('trap')}
create temp table pg_locks (locktype text, pid integer, granted boolean, classid oid, objid oid, objsubid smallint);
create temp table schema_migrations (version text, status text);
set search_path = trap, pg_catalog;
set session_replication_role = replica;
`,
      'migrations/02_next.sql': 'create table public.orders (id bigint primary key);\n',
    })

    expect(await project.run('migrate', database.url, { force: 'true' })).toMatchObject({
      status: 'applied',
      ready: true,
    })
    expect(await database.query('SELECT query FROM trap.caught')).toEqual([])
    expect(await database.query('SELECT version, success FROM devflow.schema_migrations ORDER BY 1')).toEqual(
      [
        { version: '01', success: true },
        { version: '02', success: true },
      ],
    )
  })
})
