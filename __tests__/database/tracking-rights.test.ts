import { randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'
import { aSession, asUser, ensureTables, nowhere } from './a-session.js'

const migration = { 'migrations/01_users.sql': 'create table public.users (id bigint primary key);\n' }

/** A role of this test's own; gone at the end, with what it was granted. */
async function aRole(database: TestDatabase, attributes = '') {
  const name = `role_${randomBytes(5).toString('hex')}`
  await database.query(`CREATE ROLE ${name} LOGIN PASSWORD 'r0le-pw' ${attributes}`)
  return {
    name,
    url: asUser(database.url, name, 'r0le-pw'),
    async [Symbol.asyncDispose]() {
      await database.query(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`)
    },
  }
}

/** Everything in a schema that somebody besides its owner has a right on, the schema included. */
function rightsOfOthers(database: TestDatabase, schema: string) {
  return database.query(
    `SELECT object, grantee FROM (
      SELECT relname::text, relowner, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
        FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'v', 'S')
      UNION ALL SELECT proname, proowner, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc WHERE pronamespace = $1::regnamespace
      UNION ALL SELECT nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace WHERE oid = $1::regnamespace
    ) o(object, owner, acl) CROSS JOIN LATERAL aclexplode(acl) WHERE grantee <> owner`,
    [schema],
  )
}

eachMajor('rights on the tracking tables', (major) => {
  it('are the owner’s alone, also where default privileges grant to other roles', async () => {
    await using database = await aDatabase({ major })
    await using anon = await aRole(database)
    await database.query(`
      ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO ${anon.name}, PUBLIC;
      ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO ${anon.name} WITH GRANT OPTION;
      ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO ${anon.name};
      ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO ${anon.name}`)
    await using session = await aSession(database.url)
    await ensureTables(session)

    expect(await rightsOfOthers(database, 'devflow')).toEqual([])
    expect(
      await database.query(`SELECT relname, relrowsecurity FROM pg_class
        WHERE relnamespace = 'devflow'::regnamespace AND relkind = 'r' ORDER BY 1`),
    ).toEqual([
      { relname: 'migration_history', relrowsecurity: true },
      { relname: 'schema_migrations', relrowsecurity: true },
      { relname: 'schema_snapshots', relrowsecurity: true },
      { relname: 'target_identity', relrowsecurity: true },
    ])
  })

  it('are the owner’s alone in public too, as Supabase sets it up, and over an older table that was shared', async () => {
    await using database = await aDatabase({ major })
    await using anon = await aRole(database)
    await using friend = await aRole(database)
    await database.query(`
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO ${anon.name};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO ${anon.name};
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO ${anon.name};
      GRANT USAGE ON SCHEMA public TO ${anon.name};
      CREATE TABLE public.schema_migrations (version text PRIMARY KEY, name text NOT NULL, applied_at timestamptz,
        checksum text NOT NULL, execution_time_ms integer, status text NOT NULL, error_message text, applied_by text);
      GRANT SELECT (version) ON public.schema_migrations TO ${friend.name};
      GRANT SELECT ON public.schema_migrations TO ${anon.name} WITH GRANT OPTION;
      SET ROLE ${anon.name}; GRANT SELECT ON public.schema_migrations TO ${friend.name}; RESET ROLE`)
    await using session = await aSession(database.url)
    await ensureTables(session, { ...nowhere, schema: 'public', version: 0 }, true)

    const others = await rightsOfOthers(database, 'public')
    expect(others.filter(({ object }) => object !== 'public')).toEqual([])
    expect(
      await database.query(
        `SELECT attname FROM pg_attribute WHERE attrelid = 'public.schema_migrations'::regclass AND attacl IS NOT NULL AND attacl <> '{}'`,
      ),
    ).toEqual([])
    expect(others.length).toBeGreaterThan(0)
    await using reader = await aSession(anon.url)
    for (const sql of [
      'SELECT * FROM public.schema_migrations',
      'SELECT * FROM public.migration_history',
      'SELECT * FROM public.schema_snapshots',
      'SELECT * FROM public.target_identity',
      `INSERT INTO public.migration_history (version, action, status) VALUES ('1', 'apply', 'success')`,
      'SELECT * FROM public.migration_status_view',
      'SELECT * FROM public.get_migration_status()',
    ]) {
      expect((await reader.send(sql)).error?.code).toBe('42501')
    }
  })

  it('let the documented plan-only role read, and give nobody an empty history', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(migration)
    expect((await project.run('migrate', database.url)).status).toBe('applied')
    await using planner = await aRole(database, 'BYPASSRLS')
    await using hidden = await aRole(database)
    await using stranger = await aRole(database)
    await database.query(`GRANT USAGE ON SCHEMA devflow TO ${planner.name}, ${hidden.name};
      GRANT SELECT ON devflow.schema_migrations, devflow.migration_history, devflow.schema_snapshots, devflow.target_identity
        TO ${planner.name}, ${hidden.name}`)

    for (const command of ['status', 'plan', 'verify']) {
      expect(await project.run(command, planner.url)).toMatchObject({
        status: 'up-to-date',
        exitCode: 0,
        ready: true,
      })
    }
    const { events } = await project.run('history', planner.url)
    expect(events.map(({ event }) => event)).toEqual(['applied', 'anchor'])
    for (const [role, reason] of [
      [hidden, /row-level security/],
      [stranger, /permission denied for schema devflow/],
    ] as const) {
      for (const command of ['status', 'plan', 'history', 'migrate']) {
        const report = await project.run(command, role.url)
        expect(report).toMatchObject({ status: 'failed', exitCode: 2, ready: false, records: [] })
        expect(report.problems[0]?.message).toMatch(reason)
      }
    }
  })

  it('let a role that owns nothing apply, and add to the history, and change nothing in it', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(migration)
    expect((await project.run('migrate', database.url)).status).toBe('applied')
    await using applier = await aRole(database, 'BYPASSRLS')
    await database.query(`GRANT CREATE ON SCHEMA public TO ${applier.name};
      GRANT USAGE ON SCHEMA devflow TO ${applier.name};
      GRANT SELECT, INSERT ON devflow.migration_history TO ${applier.name};
      GRANT SELECT, INSERT, UPDATE ON devflow.schema_migrations, devflow.target_identity TO ${applier.name};
      GRANT SELECT, INSERT, DELETE ON devflow.schema_snapshots TO ${applier.name}`)
    await project.write('migrations/02_orders.sql', 'create table public.orders (id bigint);\n')
    await project.write(
      'migrations/03_index.sql',
      '-- devflow:no-transaction\ncreate index concurrently on public.orders (id);\n',
    )
    await project.write(
      'migrations/04_wrong.sql',
      '-- devflow:no-transaction\nselect 1 / (select count(*) from public.orders);\n',
    )
    expect(await project.run('migrate', applier.url, { rehearse: 'off' })).toMatchObject({ exitCode: 1 })
    expect(await project.run('verify', applier.url)).toMatchObject({ findings: [] })
    const { events } = await project.run('history', applier.url)
    expect(events.map(({ event }) => event).toReversed()).toEqual([
      'anchor',
      'applied',
      'applied',
      'started',
      'applied',
      'started',
      'failed',
    ])

    await using session = await aSession(applier.url)
    for (const sql of [
      `UPDATE devflow.migration_history SET executed_by = 'nobody'`,
      'DELETE FROM devflow.migration_history',
      'TRUNCATE devflow.migration_history',
      'ALTER TABLE devflow.migration_history DISABLE TRIGGER ALL',
      'DROP TABLE devflow.migration_history',
      'SET session_replication_role = replica',
    ])
      expect([sql, (await session.send(sql)).error?.code]).toEqual([sql, '42501'])
    const forged = `INSERT INTO devflow.migration_history (version, action, status, prev_hash, hash) VALUES ('9', 'apply', 'success', 'x', 'y')`
    expect((await session.send(forged)).error).toBeUndefined()
    expect(await project.run('verify', applier.url)).toMatchObject({ findings: [] })
  })

  it('are needed to make the tables: without them the program says so and applies nothing', async () => {
    await using database = await aDatabase({ major })
    await using role = await aRole(database)
    await using project = await aProject({ ...migration, ...trackedIn('elsewhere') })
    await database.query(`REVOKE CREATE ON DATABASE ${database.name} FROM PUBLIC`)

    const report = await project.run('migrate', role.url)
    expect(report).toMatchObject({ status: 'failed', ready: false, outcomes: [] })
    expect(report.exitCode).not.toBe(0)
    expect(JSON.stringify([report.problems, report.rehearsal])).toMatch(/permission denied/)
  })
})
