import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { TRACKING_VERSION } from '../../src/database/tracking-ddl.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject, trackedIn } from './a-project.js'

const schemaMigrations = `schema_migrations (
  version TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TIMESTAMPTZ DEFAULT NOW(),
  checksum TEXT NOT NULL,
  execution_time_ms INTEGER,
  status TEXT NOT NULL, -- 'pending', 'running', 'completed', 'failed'
  error_message TEXT,
  applied_by TEXT
);`
const migrationHistory = `migration_history (
  id UUID PRIMARY KEY,
  version TEXT NOT NULL,
  action TEXT NOT NULL, -- 'apply', 'rollback'
  executed_at TIMESTAMPTZ DEFAULT NOW(),
  execution_time_ms INTEGER,
  status TEXT NOT NULL, -- 'success', 'failed'
  error_message TEXT,
  executed_by TEXT,
  environment TEXT -- 'staging', 'production', 'development'
);`

/** As the custom runner's document shows its tables. */
const documented = `CREATE TABLE ${schemaMigrations}\nCREATE TABLE ${migrationHistory}\n`

/** As a runner of that kind grows: checks, indexes, an own function and view, comments. */
const grown = `CREATE TABLE ${schemaMigrations
  .replace(
    'status TEXT NOT NULL,',
    "status VARCHAR(20) NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed')),",
  )
  .replace('checksum TEXT', 'checksum VARCHAR(64)')}
CREATE TABLE ${migrationHistory
  .replace(
    'environment TEXT',
    "environment TEXT CHECK (environment IN ('staging', 'production', 'development'))",
  )
  .replace('action TEXT NOT NULL,', "action TEXT NOT NULL CHECK (action IN ('apply', 'rollback')),")}
CREATE INDEX idx_schema_migrations_status ON schema_migrations (status);
CREATE INDEX idx_migration_history_version ON migration_history (version);
COMMENT ON TABLE schema_migrations IS 'Tracks migrations';
COMMENT ON COLUMN schema_migrations.version IS 'The number in the file name';
CREATE FUNCTION get_migration_status() RETURNS TABLE (total_migrations INTEGER, last_run TIMESTAMPTZ)
LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT count(*)::INTEGER, max(applied_at) FROM schema_migrations; END $$;
CREATE VIEW migration_status_view AS SELECT version, status, applied_at::DATE AS day FROM schema_migrations;
`

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);\r\n'
const orders = 'CREATE TABLE orders (id bigint);\r\n'
const items = 'CREATE TABLE items (id bigint);\n'
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

/** Rows as such a runner leaves them: bare MD5 and SHA-256, of the raw and of the normalised text. */
async function seed(database: TestDatabase, ddl: string): Promise<void> {
  await database.query(ddl)
  await database.query(users + orders)
  await database.query(
    `INSERT INTO schema_migrations (version, name, checksum, execution_time_ms, status, applied_by) VALUES
      ('01', 'users', $1, 7, 'completed', 'ci'), ('02', 'Orders of customers', $2, 8, 'completed', 'ci'),
      ('03', 'items', $3, 9, 'failed', 'ci')`,
    [digest('md5', users), digest('sha256', orders.replaceAll('\r\n', '\n')).toUpperCase(), 'whatever'],
  )
  await database.query(`INSERT INTO migration_history (id, version, action, status, environment)
    VALUES (gen_random_uuid(), '01', 'apply', 'success', 'staging')`)
}

const files = {
  'migrations/01_users.sql': users,
  'migrations/02_orders.sql': orders,
  'migrations/03_items.sql': items,
}

eachMajor('tables that a custom runner left', (major) => {
  for (const [kind, ddl] of Object.entries({ documented, grown })) {
    it(`are taken over with their rows: ${kind}`, async () => {
      await using database = await aDatabase({ major })
      await seed(database, ddl)
      await using project = await aProject({ ...files, ...trackedIn('public') })

      const before = await project.run('status', database.url)
      expect(before).toMatchObject({
        status: 'pending',
        exitCode: 0,
        currentVersion: '02',
        drift: [],
        findings: [],
      })
      expect(before.target?.tracking.version).toBe(0)
      expect(before.plan?.migrations.map(({ file }) => file.version)).toEqual(['03'])
      expect((await project.run('history', database.url)).events).toMatchObject([
        { version: '01', event: null, status: 'success', environment: 'staging' },
      ])

      expect(await project.run('migrate', database.url)).toMatchObject({
        status: 'applied',
        ready: true,
        outcomes: [{ version: '03', state: 'applied' }],
      })
      expect(
        await database.query(
          'SELECT version, name, status, success, executed_at = applied_at AS same, tool_version FROM schema_migrations ORDER BY 1',
        ),
      ).toEqual([
        { version: '01', name: 'users', status: 'completed', success: true, same: true, tool_version: null },
        {
          version: '02',
          name: 'Orders of customers',
          status: 'completed',
          success: true,
          same: true,
          tool_version: null,
        },
        {
          version: '03',
          name: '03_items.sql',
          status: 'completed',
          success: true,
          same: true,
          tool_version: '0.1.0',
        },
      ])
      expect(await database.query('SELECT version, event FROM migration_history ORDER BY seq')).toEqual([
        { version: '01', event: null },
        { version: '', event: 'anchor' },
        { version: '03', event: 'applied' },
      ])
      expect(
        await database.query('SELECT total, completed, last_version FROM get_migration_status()'),
      ).toEqual([{ total: '3', completed: '3', last_version: '03' }])
      expect(
        await database.query('SELECT version, applied_by FROM migration_status_view ORDER BY 1'),
      ).toHaveLength(3)
      expect(await database.query(`SELECT to_regnamespace('devflow') AS schema`)).toEqual([{ schema: null }])
    })

    it(`are upgraded once, and nothing is to do then: ${kind}`, async () => {
      await using database = await aDatabase({ major })
      await seed(database, ddl)
      await using project = await aProject({ ...files, ...trackedIn('public') })
      await project.run('migrate', database.url)
      const digestOf = () =>
        database.query(`SELECT md5(string_agg(m::text, '|' ORDER BY version)) AS rows,
          (SELECT md5(string_agg(a::text, '|')) FROM pg_attribute a WHERE attrelid = 'schema_migrations'::regclass) AS columns
          FROM schema_migrations m`)
      const after = await digestOf()

      const again = await project.run('migrate', database.url, { 'dry-run': 'true' })
      expect(again).toMatchObject({ status: 'up-to-date', exitCode: 0, ready: true })
      expect(again.target?.tracking.version).toBe(TRACKING_VERSION)
      expect(await project.run('migrate', database.url)).toMatchObject({ status: 'up-to-date', exitCode: 0 })
      expect(await digestOf()).toEqual(after)
    })
  }

  it('show an edited file as drift, by their bare checksums', async () => {
    await using database = await aDatabase({ major })
    await seed(database, documented)
    await using project = await aProject({ ...files, ...trackedIn('public') })
    await project.write('migrations/01_users.sql', `${users}-- edited\n`)

    expect(await project.run('migrate', database.url)).toMatchObject({
      status: 'refused',
      exitCode: 1,
      drift: [{ kind: 'edited', version: '01', storedChecksum: digest('md5', users) }],
      outcomes: [],
    })
  })

  it('are used where no schema is configured, and the report says so', async () => {
    await using database = await aDatabase({ major })
    await seed(database, documented)
    await using project = await aProject(files)
    const note = expect.stringMatching(/public\.schema_migrations.*no tracking_schema/)

    expect(await project.run('status', database.url)).toMatchObject({
      currentVersion: '02',
      notes: expect.arrayContaining([note]),
    })
    expect(await project.run('migrate', database.url)).toMatchObject({
      status: 'applied',
      ready: true,
      notes: [note],
    })
    expect(await project.run('status', database.url)).toMatchObject({ status: 'up-to-date', notes: [note] })
    expect(await database.query(`SELECT to_regnamespace('devflow') AS schema`)).toEqual([{ schema: null }])
  })

  it('say nothing where the schema is configured, or is ours', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({ 'migrations/01_users.sql': users })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', notes: [] })
    await project.writeAll(trackedIn('public'))
    await database.query('DELETE FROM devflow.schema_migrations')
    expect(await project.run('status', database.url)).toMatchObject({ status: 'pending', notes: [] })
  })
})

eachMajor('tables of a runner that differ from the document', (major) => {
  it('are taken over with numbered history, times without zone and short columns', async () => {
    await using database = await aDatabase({ major })
    await database.query(`CREATE TABLE ${schemaMigrations.replace('TIMESTAMPTZ', 'TIMESTAMP').replaceAll(' TEXT', ' VARCHAR(40)')}
      CREATE TABLE ${migrationHistory.replace('UUID', 'SERIAL').replace('TIMESTAMPTZ', 'TIMESTAMP').replaceAll(' TEXT', ' CHAR(40)')}
      INSERT INTO schema_migrations (version, name, checksum, status) VALUES ('01', 'users', '${digest('md5', users)}', 'completed')`)
    await using project = await aProject({ ...files, ...trackedIn('public') })

    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'applied', ready: true })
    expect(
      await database.query('SELECT version, executed_at = applied_at AS same FROM schema_migrations'),
    ).toEqual(['01', '02', '03'].map((version) => ({ version, same: true })))
    expect(await database.query('SELECT version FROM migration_history ORDER BY id')).toEqual([
      { version: '' },
      { version: '02' },
      { version: '03' },
    ])
    // Whatever the types of the columns are: what is hashed is the row as it is stored.
    expect(await project.run('verify', database.url)).toMatchObject({ exitCode: 0, findings: [] })
  })
})

describe('the custom runner’s own first file', () => {
  const forgiving = grown
    .replaceAll('CREATE TABLE ', 'CREATE TABLE IF NOT EXISTS ')
    .replaceAll('CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ')
    .replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')
    .replace('CREATE VIEW', 'CREATE OR REPLACE VIEW')
  const texts = {
    plain: documented,
    'with all that belongs to it': grown,
    'forgiving of what is there': forgiving,
    'in a transaction of its own': `BEGIN;\n${grown}COMMIT;\n`,
    'forgiving, in a transaction of its own': `-- first\nBEGIN;\n${forgiving}COMMIT;\n`,
  }

  eachMajor('', (major) => {
    for (const [kind, text] of Object.entries(texts)) {
      for (const there of [false, true]) {
        for (const schema of ['public', undefined]) {
          const where = `${there ? 'over the tables it makes' : 'in an empty database'}, ${schema ? 'tracking in public' : 'nothing configured'}`
          it(`runs harmlessly, ${kind}, ${where}`, async () => {
            await using database = await aDatabase({ major })
            if (there) await database.query(grown)
            await using project = await aProject({
              'migrations/00_migration_state_tracking.sql': text,
              'migrations/01_users.sql': users,
              ...(schema ? trackedIn(schema) : {}),
            })

            const report = await project.run('migrate', database.url)
            expect([
              report.problems,
              report.findings.filter(({ rule }) => rule !== 'tracking-statement'),
              report.outcomes.map((one) => one.failure),
              report.rehearsal.map((one) => one.failure),
            ]).toEqual([[], [], [undefined, undefined], [undefined, undefined]])
            expect(report).toMatchObject({ status: 'applied', ready: true, currentVersion: '01' })
            const again = await project.run('status', database.url)
            expect(again).toMatchObject({ status: 'up-to-date', ready: true })
            expect(again.target?.tracking.version).toBe(TRACKING_VERSION)
            const place = again.target?.tracking.schema
            expect(
              await database.query(`SELECT total, completed FROM ${place}.get_migration_status()`),
            ).toEqual([{ total: '2', completed: '2' }])
          })
        }
      }
    }
  })
})
