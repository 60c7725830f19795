import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'

const users = { 'migrations/01_users.sql': 'create table public.users (id int);\n' }

const tables = `CREATE TABLE place.schema_migrations (version text PRIMARY KEY, name text NOT NULL, applied_at timestamptz,
  checksum text NOT NULL, execution_time_ms integer, status text NOT NULL, error_message text, applied_by text);`

const view = `CREATE TABLE place.jobs (i int); CREATE VIEW place.migration_status_view AS SELECT count(*) AS jobs_left FROM place.jobs;
  GRANT SELECT ON place.migration_status_view TO PUBLIC;`
const statusFunction = `CREATE FUNCTION place.get_migration_status() RETURNS text LANGUAGE sql AS $$ SELECT 'of the application' $$;`

/** What making our tables would replace, by what it says of itself. */
const others: readonly { of: string; named: RegExp; ddl: string }[] = [
  { of: 'a view', named: /^The view place\.migration_status_view exists and is not of this tool/, ddl: view },
  {
    of: 'a function',
    named: /^The function place\.get_migration_status\(\) exists and is not of this tool/,
    ddl: statusFunction,
  },
  {
    of: 'a function that only names another tool’s table',
    named: /^The function place\.get_migration_status\(\)/,
    ddl: `CREATE FUNCTION place.get_migration_status() RETURNS text LANGUAGE sql AS $$ SELECT 'schema_migrations' $$;`,
  },
  {
    of: 'an aggregate',
    named: /^The function place\.get_migration_status\(\)/,
    ddl: `CREATE AGGREGATE place.get_migration_status(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');`,
  },
  {
    of: 'a table with a view’s name',
    named: /^The view place\.migration_status_view/,
    ddl: 'CREATE TABLE place.migration_status_view (i int);',
  },
  {
    of: 'a trigger’s function',
    named: /^The function place\.devflow_chain_event\(\)/,
    ddl: 'CREATE FUNCTION place.devflow_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;',
  },
  { of: 'a view beside a custom runner’s tables', named: /^The view place\./, ddl: tables + view },
  {
    of: 'a function beside a custom runner’s tables',
    named: /^The function place\./,
    ddl: tables + statusFunction,
  },
]

const objects = `SELECT 'view' AS kind, c.oid, c.relacl::text AS rights, pg_get_viewdef(c.oid) AS text FROM pg_class c
    WHERE relname = 'migration_status_view'
  UNION ALL SELECT 'function', p.oid, p.proacl::text, p.prosrc FROM pg_proc p
    WHERE proname IN ('get_migration_status', 'devflow_chain_event') ORDER BY 1, 2`

eachMajor('what is called as our view or functions are', (major) => {
  it('is refused by name and left as it was, where it is another’s', async () => {
    await using project = await aProject(users)
    for (const place of ['place', 'devflow']) {
      if (place === 'place') await project.writeAll(trackedIn(place))
      else await project.write('devflow.yml', 'version: "1"\n')
      for (const { of, named, ddl } of others) {
        await using database = await aDatabase({ major })
        await database.query(`CREATE SCHEMA place; ${ddl}`.replaceAll('place', place))
        const before = await database.query(objects)
        for (const command of ['status', 'migrate']) {
          const report = await project.run(command, database.url)
          expect({ of, ...report }).toMatchObject({ of, status: 'failed', exitCode: 2, outcomes: [] })
          expect(report.problems[0]?.message).toMatch(new RegExp(named.source.replace('place', place)))
          expect(report.problems[0]?.help).toMatch(/Rename the one that is there/)
        }
        expect(await database.query(objects)).toEqual(before)
      }
    }
  })

  it('is replaced where it reads a custom runner’s tables, by whatever way', async () => {
    await using project = await aProject({ ...users, ...trackedIn('place') })
    const ways = [
      `CREATE FUNCTION place.get_migration_status() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM schema_migrations); END $$;
       CREATE VIEW place.migration_status_view AS SELECT place.get_migration_status();`,
      `CREATE FUNCTION place.get_migration_status() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM place.schema_migrations; END;
       CREATE VIEW place.migration_status_view AS SELECT m.version FROM place.schema_migrations m JOIN pg_class ON true;`,
    ]
    for (const ddl of ways) {
      await using database = await aDatabase({ major })
      await database.query(`CREATE SCHEMA place; ${tables}${ddl}`)
      expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', problems: [] })
      expect(await database.query('SELECT completed FROM place.get_migration_status()')).toEqual([
        { completed: '1' },
      ])
    }
  })

  it('is replaced where it is left over from tables of ours that were dropped', async () => {
    await using project = await aProject({ ...users, ...trackedIn('place') })
    await using database = await aDatabase({ major })
    await project.run('migrate', database.url)
    await database.query(`DROP TABLE place.schema_migrations, place.migration_history, place.schema_snapshots,
      place.target_identity CASCADE; DROP TABLE public.users`)
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', problems: [] })
  })

  it('is no matter where the tables are as they should be', async () => {
    await using project = await aProject({ ...users, ...trackedIn('place') })
    await using database = await aDatabase({ major })
    await project.run('migrate', database.url)
    await database.query(
      `DROP VIEW place.migration_status_view; DROP FUNCTION place.get_migration_status; ${view}${statusFunction}`,
    )
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'up-to-date', problems: [] })
  })
})
