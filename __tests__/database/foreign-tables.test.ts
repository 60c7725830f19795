import { describe, expect, it } from '@jest/globals'
import { readTarget } from '../../src/database/read-target.js'
import { recognizeTool } from '../../src/database/recognize-tool.js'
import { TRACKING_VERSION } from '../../src/database/tracking-ddl.js'
import type { Session } from '../../src/model/session.js'
import { UserError } from '../../src/model/user-error.js'
import { aTarget } from '../support/builders.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'

const ourColumns = `version text PRIMARY KEY, name text NOT NULL, applied_at timestamptz, checksum text NOT NULL,
  execution_time_ms integer, status text NOT NULL, error_message text, applied_by text`

const foreign: readonly { of: string; named: RegExp; ddl: string }[] = [
  {
    of: 'the Supabase CLI',
    named: /belongs to the Supabase CLI/,
    ddl: 'CREATE TABLE place.schema_migrations (version text PRIMARY KEY, statements text[], name text)',
  },
  {
    of: 'golang-migrate',
    named: /belongs to golang-migrate/,
    ddl: 'CREATE TABLE place.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)',
  },
  {
    of: 'dbmate or Rails',
    named: /belongs to dbmate or Rails/,
    ddl: 'CREATE TABLE place.schema_migrations (version varchar(255) PRIMARY KEY)',
  },
  {
    of: 'Ecto',
    named: /belongs to Ecto/,
    ddl: 'CREATE TABLE place.schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp)',
  },
  {
    of: 'Flyway',
    named: /belongs to Flyway/,
    ddl: `CREATE TABLE place.schema_migrations (installed_rank integer PRIMARY KEY, version varchar(50), description text,
      type text, script text, checksum integer, installed_by text, installed_on timestamp, execution_time integer, success boolean)`,
  },
  {
    of: 'goose',
    named: /belongs to goose/,
    ddl: 'CREATE TABLE place.schema_migrations (id integer PRIMARY KEY, version_id bigint, is_applied boolean, tstamp timestamp)',
  },
  {
    of: 'the eneas-os tracker',
    named: /belongs to the eneas-os migration tracker/,
    ddl: 'CREATE TABLE place.schema_migrations (version text PRIMARY KEY, checksum text, executed_at timestamptz, success boolean)',
  },
  {
    of: 'nobody we know',
    named: /is not a table of this tool\. It was left alone/,
    ddl: 'CREATE TABLE place.schema_migrations (id integer, what text)',
  },
  {
    of: 'us by its columns, but a view',
    named: /is not a table of this tool/,
    ddl: `CREATE TABLE place.elsewhere (${ourColumns}); CREATE VIEW place.schema_migrations AS SELECT * FROM place.elsewhere`,
  },
  {
    of: 'us by its columns, but partitioned',
    named: /is not a table of this tool/,
    ddl: `CREATE TABLE place.schema_migrations (${ourColumns}) PARTITION BY LIST (version)`,
  },
  {
    of: 'a newer version of this tool',
    named: /was written by a newer version of this tool \(tables version 99, this one knows \d\)/,
    ddl: `CREATE TABLE place.schema_migrations (${ourColumns});
      COMMENT ON TABLE place.schema_migrations IS 'devflow-migrate tracking table, version 99'`,
  },
  {
    of: 'us, beside a migration_history of somebody else',
    named: /place\.migration_history exists and is not a table of this tool/,
    ddl: `CREATE TABLE place.schema_migrations (${ourColumns}); CREATE TABLE place.migration_history (what text)`,
  },
  {
    of: 'us, beside a schema_snapshots of somebody else',
    named: /place\.schema_snapshots exists and is not a table of this tool/,
    ddl: `CREATE TABLE place.schema_migrations (${ourColumns}); CREATE TABLE place.schema_snapshots (id bigint)`,
  },
  {
    of: 'us, beside a target_identity of somebody else',
    named: /place\.target_identity exists and is not a table of this tool/,
    ddl: `CREATE TABLE place.schema_migrations (${ourColumns}); CREATE TABLE place.target_identity (id uuid)`,
  },
  {
    of: 'nobody yet, and an index of that name is there',
    named: /place\.schema_snapshots exists and is not a table of this tool/,
    ddl: 'CREATE TABLE place.elsewhere (id integer); CREATE INDEX schema_snapshots ON place.elsewhere (id)',
  },
  {
    of: 'nobody, without a column',
    named: /place\.schema_migrations exists and is not a table of this tool/,
    ddl: 'CREATE TABLE place.schema_migrations ()',
  },
  {
    of: 'nobody yet, beside a migration_history of somebody else',
    named: /place\.migration_history exists and is not a table of this tool/,
    ddl: 'CREATE TABLE place.migration_history (what text)',
  },
]

const shapeOf = `SELECT c.oid, relname, relkind, relrowsecurity, relacl, attname, atttypid FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
  WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('place', 'devflow')) AND attnum > 0 ORDER BY 1, attnum`

eachMajor('a table in our place', (major) => {
  it('is refused by name with exit code 2 and left as it was', async () => {
    await using project = await aProject({
      'migrations/01_users.sql': 'create table public.users (id int);\n',
    })
    for (const { named, ddl } of foreign) {
      await using database = await aDatabase({ major })
      await database.query(`CREATE SCHEMA place; ${ddl}`)
      const before = await database.query(shapeOf)
      await project.writeAll(trackedIn('place'))
      for (const command of ['status', 'plan', 'dry-run', 'migrate', 'verify', 'history']) {
        const report = await project.run(command, database.url)
        expect(report).toMatchObject({
          status: 'failed',
          exitCode: 2,
          ready: false,
          outcomes: [],
          rehearsal: [],
        })
        expect(report.problems[0]?.message).toMatch(named)
        expect(report.problems[0]?.help).not.toBe('')
      }
      expect(await database.query(shapeOf)).toEqual(before)
      expect(await database.query(`SELECT to_regclass('public.users') AS users`)).toEqual([{ users: null }])
    }
  })

  it('is refused in our own schema too, where nothing is configured', async () => {
    await using project = await aProject({
      'migrations/01_users.sql': 'create table public.users (id int);\n',
    })
    for (const { named, ddl } of foreign) {
      await using database = await aDatabase({ major })
      await database.query(`CREATE SCHEMA devflow; ${ddl.replaceAll('place.', 'devflow.')}`)
      const report = await project.run('migrate', database.url)
      expect(report).toMatchObject({ exitCode: 2, outcomes: [] })
      expect(report.problems[0]?.message).toMatch(new RegExp(named.source.replace('place', 'devflow')))
    }
  })

  it('is no matter in public, where nothing is configured: ours are made in a schema of their own', async () => {
    await using project = await aProject({
      'migrations/01_users.sql': 'create table public.users (id int);\n',
    })
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE public.schema_migrations (version varchar(255) PRIMARY KEY)')
    const report = await project.run('migrate', database.url)
    expect(report).toMatchObject({ status: 'applied', ready: true })
    expect(report.target?.tracking).toEqual({
      schema: 'devflow',
      table: 'schema_migrations',
      version: TRACKING_VERSION,
    })
    expect(await database.query('SELECT * FROM public.schema_migrations')).toEqual([])
  })
})

describe('the tool that a table belongs to', () => {
  it('is not guessed from columns that many have', () => {
    expect(recognizeTool([])).toBeUndefined()
    expect(recognizeTool(['version', 'name'])).toBeUndefined()
    expect(recognizeTool(['id', 'name', 'run_on'])).toBeUndefined()
    expect(recognizeTool(['version'])).toBe('dbmate or Rails')
    expect(recognizeTool(['id', 'migration_name', 'applied_steps_count', 'checksum'])).toBe('Prisma')
  })
})

describe('a server', () => {
  /** Answers every message with these facts. */
  const answering = (facts: object): Session => ({
    processId: 1,
    send: async () => ({
      results: [{ columns: ['json'], rows: [[JSON.stringify(facts)]] }],
      completed: 1,
      state: 'I',
    }),
    giveUp: () => {},
    cancel: async () => {},
    [Symbol.asyncDispose]: async () => {},
  })
  const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }
  const facts = {
    database: 'app',
    schemas: [],
    tables: [],
    standby: false,
    readOnly: null,
    backend: 4711,
    build: 'PostgreSQL 18.4 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit',
    timeouts: [],
  }

  it('before PostgreSQL 15 is refused, naming it and its version', async () => {
    const session = answering({ ...facts, version: '14.17', versionNumber: 140017 })
    const refused = readTarget(session, aTarget({ host: 'db.example.com', port: 6543 }), wanted)
    await expect(refused).rejects.toThrow(UserError)
    await expect(refused).rejects.toThrow(
      'db.example.com:6543 is PostgreSQL 14.17; versions from 15 on are supported.',
    )
  })

  it('of 15 or newer is taken, with the name of the database as the server says it', async () => {
    const session = answering({ ...facts, version: '19beta1', versionNumber: 190000 })
    expect(await readTarget(session, aTarget({ database: 'as asked' }), wanted)).toEqual({
      target: aTarget({
        serverMajor: 19,
        serverVersion: '19beta1',
        tracking: { schema: 'devflow', table: 'schema_migrations', version: 'absent' },
      }),
      schemaExists: false,
      notes: [],
      backend: 4711,
      windows: false,
      elsewhere: [],
    })
  })

  it('that answers with an error is told of, with the reason', async () => {
    const session: Session = {
      ...answering({}),
      send: async () => ({
        results: [],
        completed: 0,
        state: 'I',
        error: { code: '42601', message: 'no such command', fatal: false },
      }),
    }
    await expect(readTarget(session, aTarget(), wanted)).rejects.toThrow(
      'Connected to db.example.com:5432, but the server refused to answer: no such command.',
    )
  })
})
