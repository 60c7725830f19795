import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCountingProxy } from '../programs/a-counting-proxy.js'
import { aMigrator, type Migrator, verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'

const FILES = {
  '20260101000000_users.sql':
    '-- who\nCREATE TABLE users (id bigint PRIMARY KEY);\nINSERT INTO users VALUES (1); -- one\n',
  '20260102000000_orders.sql': "CREATE TABLE orders (note text DEFAULT 'a;b');\n",
}
const THEIRS = 'SELECT version, name, statements FROM supabase_migrations.schema_migrations ORDER BY version'
const OURS = 'SELECT version, status, applied_by FROM devflow.schema_migrations ORDER BY version'

async function aSupabaseProject(
  database: TestDatabase,
  settings = '',
  files: Readonly<Record<string, string>> = FILES,
): Promise<Migrator> {
  const migrator = await aMigrator(database.url)
  const lines = [
    'database:',
    '  migrations:',
    '    directory: supabase/migrations',
    ...(settings ? [settings] : []),
  ]
  await migrator.project.write('devflow.yml', `${lines.join('\n')}\n`)
  for (const [name, sql] of Object.entries(files))
    await migrator.project.write(`supabase/migrations/${name}`, sql)
  return migrator
}

describe('files of supabase/migrations', () => {
  let database: TestDatabase
  let migrator: Migrator
  beforeAll(async () => {
    database = await aDatabase()
    migrator = await aSupabaseProject(database)
  })
  afterAll(async () => {
    await migrator[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  it('are recorded as the CLI records them, in the transaction of the file', async () => {
    expect(verdict(await migrator.run('migrate'))).toBe(
      '0 applied: 20260101000000 applied, 20260102000000 applied',
    )
    expect(await database.query(THEIRS)).toEqual([
      {
        version: '20260101000000',
        name: 'users',
        statements: ['-- who\nCREATE TABLE users (id bigint PRIMARY KEY)', 'INSERT INTO users VALUES (1)'],
      },
      {
        version: '20260102000000',
        name: 'orders',
        statements: ["CREATE TABLE orders (note text DEFAULT 'a;b')"],
      },
    ])
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('that fail leave no row there', async () => {
    await migrator.project.write('supabase/migrations/20260103000000_bad.sql', 'SELECT 1;\nSELECT 1/0;\n')
    expect(verdict(await migrator.run('migrate', { given: { rehearse: 'off' } }))).toBe(
      '1 failed: 20260103000000 failed',
    )
    expect(await database.query(THEIRS)).toHaveLength(2)
    expect(await database.query(OURS)).toHaveLength(3)
  })

  it('that run outside a transaction are recorded there when they are done', async () => {
    await migrator.project.write(
      'supabase/migrations/20260103000000_bad.sql',
      '-- devflow:no-transaction\nCREATE INDEX CONCURRENTLY ON users (id);\n',
    )
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260103000000 applied')
    expect(await database.query(THEIRS)).toHaveLength(3)
  })

  it('that the CLI applied count as applied, and are recorded here', async () => {
    await migrator.project.write('supabase/migrations/20260104000000_cli.sql', 'CREATE TABLE cli ();\n')
    await database.query(`CREATE TABLE cli (); INSERT INTO supabase_migrations.schema_migrations
      VALUES ('20260104000000', ARRAY['CREATE TABLE cli ()'], 'cli')`)
    const status = await migrator.run('status')
    expect(status).toMatchObject({ status: 'up-to-date', exitCode: 0 })
    expect(status.sides?.at(-1)).toEqual({
      version: '20260104000000',
      name: '20260104000000_cli.sql',
      file: true,
      ours: null,
      supabase: true,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
    expect((await database.query(OURS)).at(-1)).toEqual({
      version: '20260104000000',
      status: 'completed',
      applied_by: 'the Supabase CLI',
    })
    expect(verdict(await migrator.run('verify'))).toBe('0 up-to-date')
  })

  it('that were edited after the CLI applied them are drift', async () => {
    await migrator.project.write('supabase/migrations/20260105000000_edited.sql', 'CREATE TABLE other ();\n')
    await database.query(`INSERT INTO supabase_migrations.schema_migrations
      VALUES ('20260105000000', ARRAY['CREATE TABLE edited ()'], 'edited')`)
    const report = await migrator.run('migrate')
    expect(report).toMatchObject({ exitCode: 1, drift: [{ kind: 'edited', version: '20260105000000' }] })
    await migrator.project.write('supabase/migrations/20260105000000_edited.sql', 'CREATE TABLE edited ();\n')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('are recorded with those that are pending in one go', async () => {
    await migrator.project.write('supabase/migrations/20260106000000_cli.sql', 'SELECT 1;\n')
    await migrator.project.write('supabase/migrations/20260107000000_ours.sql', 'SELECT 2;\n')
    await database.query(
      `INSERT INTO supabase_migrations.schema_migrations VALUES ('20260106000000', NULL, NULL)`,
    )
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260107000000 applied')
    const both = await database.query(
      'SELECT (SELECT count(*) FROM devflow.schema_migrations WHERE success) - (SELECT count(*) FROM supabase_migrations.schema_migrations) AS more',
    )
    expect(both).toEqual([{ more: '0' }])
  })

  it('that are gone there stop the run, with what mends it', async () => {
    await database.query("DELETE FROM supabase_migrations.schema_migrations WHERE version = '20260102000000'")
    const report = await migrator.run('migrate')
    expect(report).toMatchObject({ exitCode: 1, status: 'refused' })
    expect(report.findings).toMatchObject([{ rule: 'out-of-step', severity: 'error' }])
    expect(report.findings[0]?.message).toContain('20260102000000_orders.sql')
    expect(report.findings[0]?.help).toContain('devflow db repair --applied 20260102000000')
  })

  it('are recorded there by a repair, which a dry run only shows', async () => {
    const given = { applied: '20260102000000', reason: 'the row was deleted by mistake' }
    const dry = await migrator.run('repair', { given: { ...given, 'dry-run': 'true' } })
    expect(dry).toMatchObject({ status: 'planned', operation: { steps: [{ state: 'planned' }] } })
    expect(await database.query(THEIRS)).toHaveLength(6)
    expect(await migrator.run('repair', { given })).toMatchObject({ status: 'applied', exitCode: 0 })
    expect(await database.query(THEIRS)).toHaveLength(7)
    expect(verdict(await migrator.run('verify'))).toBe('0 up-to-date')
  })

  it('are pending for both once they are reverted', async () => {
    const given = { reverted: '20260107000000,20260104000000', reason: 'undone by hand' }
    expect(await migrator.run('repair', { given })).toMatchObject({ status: 'applied', exitCode: 0 })
    expect(await database.query(THEIRS)).toHaveLength(5)
    expect(await migrator.run('status')).toMatchObject({ plan: { migrations: [{}, {}] } })
    const applied = { applied: '20260107000000,20260104000000', reason: 'it was not' }
    expect(await migrator.run('repair', { given: applied })).toMatchObject({ exitCode: 0 })
    expect((await database.query(THEIRS)).at(-1)).toMatchObject({ name: 'ours', statements: ['SELECT 2'] })
    expect((await migrator.run('verify')).findings).toEqual([])
  })

  it('are gone there once they are rolled back', async () => {
    await migrator.project.write(
      'supabase/migrations/20260108000000_down.sql',
      'CREATE TABLE down ();\n-- migrate:down\nDROP TABLE down;\n',
    )
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260108000000 applied')
    expect((await database.query(THEIRS)).at(-1)).toMatchObject({ statements: ['CREATE TABLE down ()'] })
    expect(
      await migrator.run('rollback', { given: { version: '20260108000000', force: 'true' } }),
    ).toMatchObject({ exitCode: 0 })
    expect((await database.query(THEIRS)).at(-1)).toMatchObject({ version: '20260107000000' })
    await migrator.project.write('supabase/migrations/20260108000000_down.sql', 'CREATE TABLE down ();\n')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260108000000 applied')
  })

  it('that only the table of the CLI knows are told, and reverted by a repair', async () => {
    await database.query(
      `INSERT INTO supabase_migrations.schema_migrations VALUES ('20260109000000', NULL, 'branch')`,
    )
    const report = await migrator.run('status')
    expect(report).toMatchObject({ exitCode: 1, drift: [{ kind: 'deleted', version: '20260109000000' }] })
    expect(report.sides?.at(-1)).toMatchObject({ version: '20260109000000', file: false, supabase: true })
    const given = { reverted: '20260109000000', reason: 'of a branch that was dropped' }
    expect(await migrator.run('repair', { given })).toMatchObject({ status: 'applied', exitCode: 0 })
    expect(await migrator.run('status')).toMatchObject({ exitCode: 0, status: 'up-to-date' })
  })
})

describe('tracking', () => {
  it('devflow neither reads nor makes the table of the CLI', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, '    tracking: devflow')
    expect(verdict(await migrator.run('migrate'))).toMatch(/^0 applied/)
    expect(await database.query("SELECT to_regclass('supabase_migrations.schema_migrations') AS it")).toEqual(
      [{ it: null }],
    )
  })

  it('both makes the table with what is applied already', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, '    tracking: devflow')
    await migrator.run('migrate')
    await migrator.project.write('devflow.yml', 'database:\n  migrations:\n    tracking: both\n')
    expect((await migrator.run('migrate')).notes.join()).toContain('makes it, and records in it')
    expect(await database.query(THEIRS)).toMatchObject([{ name: 'users' }, { name: 'orders' }])
    expect((await migrator.run('verify')).findings).toEqual([])
  })

  it('supabase takes what is gone there for pending', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, '    tracking: supabase')
    await migrator.run('migrate')
    await database.query(`DROP TABLE orders;
      DELETE FROM supabase_migrations.schema_migrations WHERE version = '20260102000000'`)
    expect(await migrator.run('status')).toMatchObject({ status: 'pending', exitCode: 0 })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260102000000 applied')
    expect(await database.query(THEIRS)).toHaveLength(2)
    expect((await migrator.run('verify')).findings).toEqual([])
  })

  it.each(['both', 'supabase'])('%s runs nothing again where the table was emptied', async (tracking) => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, `    tracking: ${tracking}`)
    await migrator.run('migrate')
    await database.query('TRUNCATE supabase_migrations.schema_migrations')
    expect((await migrator.run('migrate')).findings).toMatchObject([{ rule: 'out-of-step' }])
    const given = { applied: '20260101000000,20260102000000', reason: 'it was truncated' }
    expect(await migrator.run('repair', { given })).toMatchObject({ exitCode: 0, status: 'applied' })
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('is in step where tracking_schema names the table of the CLI, whatever the folder is', async () => {
    await using database = await aDatabase()
    const settings = '    tracking_table: schema_migrations\n    tracking_schema: supabase_migrations'
    await using migrator = await aSupabaseProject(database, settings)
    expect(verdict(await migrator.run('migrate'))).toMatch(/^0 applied/)
    expect(await database.query(THEIRS)).toHaveLength(2)
    expect(await database.query(OURS)).toHaveLength(2)
  })

  it('leaves files that the CLI would not read out of its table', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, '', { '2026-01-01_users.sql': 'SELECT 1;\n' })
    expect(verdict(await migrator.run('migrate'))).toMatch(/^0 applied/)
    expect(await database.query("SELECT to_regclass('supabase_migrations.schema_migrations') AS it")).toEqual(
      [{ it: null }],
    )
  })
})

describe('other commands', () => {
  it('baseline records there too, and adopt leaves what is there as it is', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database)
    const baselined = await migrator.run('baseline', {
      given: { to: '20260101000000', reason: 'it was there' },
    })
    expect(baselined).toMatchObject({ exitCode: 0, status: 'applied' })
    expect(await database.query(THEIRS)).toMatchObject([{ version: '20260101000000', name: 'users' }])
    await database.query(
      `INSERT INTO supabase_migrations.schema_migrations VALUES ('20260102000000', NULL, 'kept')`,
    )
    const adopted = await migrator.run('adopt', { given: { from: 'supabase' } })
    expect(adopted).toMatchObject({ exitCode: 0 })
    expect((await database.query(THEIRS)).at(-1)).toMatchObject({ name: 'kept', statements: null })
    await migrator.run('migrate')
    await migrator.run('adopt', { given: { undo: 'true' } })
    expect(await database.query(THEIRS)).toHaveLength(2)
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })
})

describe('keeping it in step', () => {
  it('takes no turn on the wire more', async () => {
    const turns = await Promise.all(
      ['devflow', 'both'].map(async (tracking) => {
        await using database = await aDatabase()
        await using proxy = await aCountingProxy(database.url)
        await using migrator = await aSupabaseProject(
          { ...database, url: proxy.url },
          `    tracking: ${tracking}`,
        )
        const first = await migrator.run('migrate')
        const ofFirst = proxy.turns()
        await migrator.run('migrate')
        return { verdict: verdict(first), ofFirst, ofSecond: proxy.turns() }
      }),
    )
    expect(turns[0]?.verdict).toMatch(/^0 applied/)
    expect(turns[1]).toEqual(turns[0])
  })

  it('holds where the connection is lost for good in the middle', async () => {
    await using database = await aDatabase()
    await using migrator = await aSupabaseProject(database, '', {
      '20260101000000_fine.sql': 'CREATE TABLE fine ();\n',
      '20260102000000_lost.sql': 'CREATE TABLE lost ();\nSELECT pg_terminate_backend(pg_backend_pid());\n',
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 partial: 20260101000000 applied, 20260102000000 failed')
    expect(await database.query(THEIRS)).toMatchObject([{ version: '20260101000000' }])
    expect(await database.query(OURS)).toMatchObject([{ status: 'completed' }, { status: 'failed' }])
  })

  it('records hundreds of files that the CLI applied in the same turns as one', async () => {
    const counts = [1, 300]
    const turns = await Promise.all(
      counts.map(async (count) => {
        await using database = await aDatabase()
        await using proxy = await aCountingProxy(database.url)
        const numbers = Array.from({ length: count }, (_, index) => 20260101000000 + index)
        const files = Object.fromEntries(numbers.map((n) => [`${n}_x.sql`, 'SELECT 1;\n']))
        await using migrator = await aSupabaseProject({ ...database, url: proxy.url }, '', files)
        await database.query(`CREATE SCHEMA supabase_migrations;
          CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
          INSERT INTO supabase_migrations.schema_migrations SELECT n::text, ARRAY['SELECT 1'], 'x'
            FROM generate_series(${numbers[0]}, ${numbers.at(-1)}) n`)
        expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
        expect(await database.query(OURS)).toHaveLength(count)
        return proxy.turns()
      }),
    )
    expect(turns[1]).toBe(turns[0])
  })
})

describe('a table of the CLI', () => {
  it('of an older version gets the columns that are missing', async () => {
    await using database = await aDatabase()
    await database.query(`CREATE SCHEMA supabase_migrations;
      CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY);
      INSERT INTO supabase_migrations.schema_migrations VALUES ('20260101000000')`)
    await using migrator = await aSupabaseProject(database)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260102000000 applied')
    expect(await database.query(THEIRS)).toMatchObject([{ name: null }, { name: 'orders' }])
  })

  it('that the role may not read stops the run, and is never taken for empty', async () => {
    await using database = await aDatabase()
    const role = `reader_${database.name}`
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'reads'; CREATE SCHEMA supabase_migrations;
      CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'reads'
    await using migrator = await aSupabaseProject(database)
    const report = await migrator.run('status', { variables: { DATABASE_URL: url.href } })
    expect(report).toMatchObject({ exitCode: 2, status: 'failed' })
    expect(report.problems[0]?.message).toContain('supabase_migrations')
    await database.query(`DROP ROLE ${role}`)
  })

  it('that the CLI writes to meanwhile lets the file be applied once', async () => {
    await using database = await aDatabase()
    await database.query(`CREATE SCHEMA supabase_migrations;
      CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)`)
    await using migrator = await aSupabaseProject(database, '', {
      '20260101000000_race.sql':
        "CREATE TABLE race ();\nINSERT INTO supabase_migrations.schema_migrations VALUES ('20260101000000');\n",
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 failed: 20260101000000 failed')
    expect(report.outcomes[0]?.failure?.message).toContain('the Supabase CLI applied it')
    expect(await database.query("SELECT to_regclass('race') AS it")).toEqual([{ it: null }])
  })
})
