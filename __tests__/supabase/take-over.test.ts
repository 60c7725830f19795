import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { aMigrator, type Migrator, verdict } from '../programs/a-migrator.js'
import { needs } from '../support/needs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { cliPath, theCli } from './a-cli.js'

const cli = needs(theCli('newest'))

/** What splitters stumble over. */
const HARD = `-- a comment; with a semicolon
/* and; another */ CREATE TABLE hard (id int, -- inner
  note text DEFAULT 'x;y');;
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;
INSERT INTO hard VALUES (1, E'it\\'s; ok');
SELECT 1
-- the end
`
const WINDOWS = '\ufeffCREATE TABLE windows (\r\n  id int\r\n);\r\nINSERT INTO windows VALUES (1);\r\n'

describe('the Supabase CLI and we', () => {
  cli.it(
    'go on where the other left off, each with nothing to do where the other did it',
    async () => {
      await using database = await aDatabase()
      await using home = await aFolder()
      await using migrator = await aMigrator(database.url)
      const write = (name: string, sql: string) => migrator.project.write(`supabase/migrations/${name}`, sql)
      await write('20260101000000_hard.sql', HARD)
      await write('20260102000000_windows.sql', WINDOWS)

      expect(await supabase(migrator, database, home.path, 'db', 'push')).toMatchObject({ code: 0 })
      expect(await migrator.run('status')).toMatchObject({ status: 'up-to-date', drift: [] })
      await write('20260103000000_ours.sql', '-- ours\nCREATE TABLE ours (id int); -- and no more\n')
      expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 20260103000000 applied')
      expect(await database.query('SELECT version FROM devflow.schema_migrations')).toHaveLength(3)

      const pushed = await supabase(migrator, database, home.path, 'db', 'push', '--dry-run')
      expect(pushed).toMatchObject({ code: 0, said: expect.stringMatching(/up to date/i) })
      const listed = await supabase(
        migrator,
        database,
        home.path,
        'migration',
        'list',
        '--output-format',
        'json',
      )
      const { migrations } = JSON.parse(listed.out) as { migrations: { local: string; remote: string }[] }
      expect(migrations.map(({ local, remote }) => [local, remote])).toEqual(
        ['20260101000000', '20260102000000', '20260103000000'].map((version) => [version, version]),
      )

      await write('20260104000000_theirs.sql', 'CREATE TABLE theirs (id int);\n')
      expect(await supabase(migrator, database, home.path, 'db', 'push')).toMatchObject({ code: 0 })
      expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
      expect(verdict(await migrator.run('verify'))).toBe('0 up-to-date')
    },
    60_000,
  )

  cli.it(
    'agree on what was repaired, whichever did it',
    async () => {
      await using database = await aDatabase()
      await using home = await aFolder()
      await using migrator = await aMigrator(database.url)
      await migrator.project.write('supabase/migrations/20260101000000_a.sql', 'CREATE TABLE a ();\n')
      await migrator.run('migrate')
      const reverted = { given: { reverted: '20260101000000', reason: 'dropped by hand' } }
      await database.query('DROP TABLE a')
      expect(await migrator.run('repair', reverted)).toMatchObject({ exitCode: 0, status: 'applied' })
      expect(await supabase(migrator, database, home.path, 'db', 'push')).toMatchObject({ code: 0 })
      expect(await database.query("SELECT to_regclass('a') IS NOT NULL AS it")).toEqual([{ it: true }])
      expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')

      const version = '20260101000000'
      const repair = ['migration', 'repair', '--status', 'reverted', version]
      expect(await supabase(migrator, database, home.path, ...repair)).toMatchObject({ code: 0 })
      const report = await migrator.run('migrate')
      expect(report.findings).toMatchObject([{ rule: 'out-of-step' }])
      const applied = { given: { applied: version, reason: 'it is there' } }
      expect(await migrator.run('repair', applied)).toMatchObject({ exitCode: 0, status: 'applied' })
      const pushed = await supabase(migrator, database, home.path, 'db', 'push', '--dry-run')
      expect(pushed).toMatchObject({ code: 0, said: expect.stringMatching(/up to date/i) })
    },
    60_000,
  )
})

interface Ran {
  readonly code: number | null
  readonly out: string
  /** Both streams. */
  readonly said: string
}

/** As a developer runs it, but for what it asks. */
async function supabase(
  { project }: Migrator,
  { url: ownUrl }: TestDatabase,
  home: string,
  ...words: readonly string[]
): Promise<Ran> {
  const url = new URL(ownUrl)
  const { password } = url
  url.password = ''
  url.searchParams.set('sslmode', 'disable')
  const child = spawn(process.execPath, [cliPath('newest'), ...words, '--yes', '--remote', url.href], {
    cwd: project.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: join(home),
      PGPASSWORD: password,
      SUPABASE_TELEMETRY_DISABLED: '1',
      NO_COLOR: '1',
    },
  })
  let out = ''
  let said = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
    said += data
  })
  child.stderr.on('data', (data: Buffer) => {
    said += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, said })))
}
