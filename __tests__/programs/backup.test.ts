import { readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { BackupManifest } from '../../src/model/backup.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { bin15, dumping, found, proving } from '../backup/pg-programs.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aFolder } from '../support/postgres/a-folder.js'
import type { Major } from '../support/postgres/major.js'
import { type Asked, aMigrator, type Migrator, verdict } from './a-migrator.js'
import { aProgramFolder } from './a-program-folder.js'

interface Place extends AsyncDisposable {
  readonly database: TestDatabase
  readonly migrator: Migrator
  /** The names in the folder of backups. */
  names(): Promise<string[]>
  manifest(name: string): Promise<BackupManifest>
  /** Everything in the history, in order: `backup backed-up success`. */
  events(): Promise<string[]>
}

const SCHEMA = `
  create table books (id int primary key, title text);
  create table shelves (id int primary key, book int references books);
  insert into books select g, 'book ' || g from generate_series(1, 100) g;
  insert into shelves select g, g from generate_series(1, 50) g;
`

async function aPlace(files: Readonly<Record<string, string>>, major: Major = 15): Promise<Place> {
  const database = await aDatabase({ major })
  await database.query(SCHEMA)
  const migrator = await aMigrator(database.url, files)
  const folder = join(migrator.project.path, 'backups/migrations')
  return {
    database,
    migrator,
    names: async () => (await readdir(folder).catch(() => [])).sort(),
    manifest: async (name) => JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')),
    events: async () =>
      (
        await database.query<{ told: string }>(
          "select action || ' ' || event || ' ' || status as told from devflow.migration_history order by seq",
        )
      ).map(({ told }) => told),
    async [Symbol.asyncDispose]() {
      await migrator[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const FILES = { '01_a.sql': 'create table a (id int primary key);' }
const problems = (report: Report) => report.problems.map(({ message }) => message).join('\n')

describe('a backup before migrations', () => {
  dumping.it('is there and recorded before the first of them is applied, and closed to others', async () => {
    await using place = await aPlace(FILES)
    const report = await place.migrator.run('migrate', { given: { backup: 'full', 'backup-id': 'snap-1' } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    const [ignore, name = '', json] = await place.names()
    expect([ignore, json]).toEqual(['.gitignore', `${name}.json`])
    expect(name).toMatch(/^backup_before_migration_\d{8}_\d{6}\.dump$/)
    expect(await place.events()).toEqual([
      'anchor anchor success',
      'backup backed-up success',
      'apply applied success',
    ])
    const manifest = await place.manifest(name)
    expect(Object.keys(manifest.contents.tables)).toEqual(['public.books', 'public.shelves'])
    expect(manifest).toMatchObject({ mode: 'full', kind: 'custom', serverMajor: 15, verified: false })
    const [event] = await place.database.query(
      "select name, checksum, detail from devflow.migration_history where event = 'backed-up'",
    )
    expect(event).toEqual({
      name,
      checksum: `sha256:${manifest.sha256}`,
      detail: expect.stringMatching(
        /^full, .* in the format custom, PostgreSQL 15\.\d+, server time .*, LSN [0-9A-F]+\/[0-9A-F]+, timeline 1, .*backup id snap-1$/,
      ),
    })
    expect(report.notes.join('\n')).toContain(`sha256:${manifest.sha256}, LSN ${manifest.lsn}`)
    const folder = join(place.migrator.project.path, 'backups/migrations')
    const modes = await Promise.all(
      [folder, join(folder, name), join(folder, `${name}.json`)].map((path) => stat(path)),
    )
    expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600'])
    expect((await place.migrator.run('verify')).exitCode).toBe(0)
  })

  dumping.it('is not made where nothing is pending, in a dry run, or where the rehearsal fails', async () => {
    await using place = await aPlace({ '01_bad.sql': 'insert into books values (1);' })
    const given = { backup: 'full' } as const
    expect((await place.migrator.run('migrate', { given })).status).toBe('failed')
    await place.migrator.write('01_bad.sql', 'create table a ();')
    expect((await place.migrator.run('migrate', { given: { ...given, 'dry-run': 'true' } })).status).toBe(
      'rehearsed',
    )
    expect((await place.migrator.run('migrate', { given: { backup: 'off' } })).status).toBe('applied')
    expect((await place.migrator.run('migrate', { given })).status).toBe('up-to-date')
    expect(await place.names()).toEqual([])
  })

  dumping.it('takes no part of the run’s own secrets into any argument', async () => {
    await using place = await aPlace(FILES)
    const seen = join(place.migrator.project.path, 'seen')
    const script = `(for a; do echo "$a"; done; env) > ${seen}; exec "$real" "$@"`
    await using programs = await aProgramFolder(bin15, script)
    const { machine } = programs
    const report = await place.migrator.run('migrate', { given: { backup: 'full' }, system: { machine } })
    expect(report.status).toBe('applied')
    const [args = '', environment = ''] = (await readFile(seen, 'utf8')).split(/\n(?=[A-Z_]+=)([\s\S]*)/)
    const { password, hostname } = new URL(place.database.url)
    expect(args).not.toContain(hostname)
    if (password !== '') expect(args).not.toContain(password)
    expect(environment).not.toMatch(/GITHUB_ACTOR|DATABASE_URL/)
  })

  proving.it('that is not what was read in the same moment is not accepted', async () => {
    await using place = await aPlace(FILES)
    // Another moment than that of the digests.
    const elsewhere = `psql=$(dirname "$real")/psql
"$psql" -qc 'delete from shelves where id = 7'
for each in "$@"; do case $each in --snapshot=*) ;; *) set -- "$@" "$each";; esac; shift; done
exec "$real" "$@"`
    await using programs = await aProgramFolder(bin15, elsewhere)
    const report = await place.migrator.run('migrate', {
      given: { backup: 'full', 'backup-verify': 'true' },
      system: { machine: { ...programs.machine, path: `${programs.path}:${bin15}` } },
    })
    expect(verdict(report)).toBe('1 refused: 01 not-run')
    expect(problems(report)).toContain(
      'restored, it is not what was backed up: public.shelves has 49 rows, and had 50. Nothing was applied.',
    )
    expect(await place.names()).toEqual(['.gitignore'])
    expect(await place.events()).toEqual(['anchor anchor success', 'backup backed-up failed'])
  })

  dumping.it('needs a server of the same major on the machine for its proof', async () => {
    await using place = await aPlace(FILES)
    await using programs = await aProgramFolder(bin15, 'exec "$real" "$@"')
    const report = await place.migrator.run('backup', {
      given: { 'backup-verify': 'true' },
      system: { machine: programs.machine },
    })
    expect([verdict(report), report.operation?.steps[1]?.failure?.message]).toEqual([
      '1 partial',
      'The backup was not accepted: backup-verify needs a PostgreSQL 15 server on this machine, and there is none.',
    ])
    expect(await place.names()).toEqual(['.gitignore'])
  })
})

describe('a backup of PostgreSQL 18', () => {
  const has18 = found.some(({ major }) => major === 18)

  it('is restored like any other where its own pg_dump is there, and refused where it is not', async () => {
    await using place = await aPlace(FILES, 18)
    const report = await place.migrator.run('migrate', { given: { backup: 'full' } })
    if (!has18) {
      expect(verdict(report)).toBe('1 refused: 01 not-run')
      expect(problems(report)).toContain('There is no backup: there is no pg_dump of major 18')
      expect(await place.events()).toEqual(['anchor anchor success', 'backup backed-up failed'])
      return
    }
    expect(verdict(report)).toBe('0 applied: 01 applied')
    const [, name = ''] = await place.names()
    const create = `${place.database.name}_copy`
    const file = join('backups/migrations', name)
    expect(verdict(await place.migrator.run('restore', { given: { file, create } }))).toBe('0 applied')
    await place.database.query(`drop database ${create}`)
  })
})

describe('a backup in a workflow', () => {
  dumping.it('is said to go with its runner, where that is thrown away', async () => {
    await using place = await aPlace(FILES)
    const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' }
    const report = await place.migrator.run('backup', { variables: hosted })
    expect(report.notes.join('\n')).toContain(
      'This runner is thrown away with its job, and the backup with it',
    )
    expect((await place.migrator.run('backup')).notes).toEqual([])
  })

  it('is not written where a link of the checkout leads out of the workspace', async () => {
    await using place = await aPlace(FILES)
    await using outside = await aFolder()
    const { path } = place.migrator.project
    await symlink(outside.path, join(path, 'backups'))
    await using programs = await aProgramFolder(bin15 || '/nowhere', 'exit 1', 'pg_dump (PostgreSQL) 15.1')
    const report = await run(
      {
        entry: 'action',
        given: { command: 'migrate', environment: 'test', backup: 'full' },
        variables: { DATABASE_URL: place.database.url, GITHUB_ACTOR: 'octocat' },
        folder: path,
        boundary: path,
        ci: true,
        verbose: false,
      },
      { observe: () => {}, now: () => new Date(), machine: programs.machine },
      async () => {},
    )
    expect(verdict(report)).toBe('1 refused: 01 not-run')
    expect(problems(report)).toContain('backup-directory leads out of the workspace by a link')
    expect(await readdir(outside.path)).toEqual([])
  })
})

describe('a backup of what is touched', () => {
  dumping.it('has the whole schema, and the rows of what the rehearsal saw changed', async () => {
    await using place = await aPlace({
      '01_a.sql': 'update shelves set book = 1 where id = 2; create table a ();',
    })
    const report = await place.migrator.run('migrate', { given: { backup: 'touched' } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    const [, name = ''] = await place.names()
    const manifest = await place.manifest(name)
    expect([manifest.mode, manifest.withoutRows]).toEqual(['touched', ['public.books']])
    const create = `${place.database.name}_copy`
    const file = join('backups/migrations', name)
    const restored = await place.migrator.run('restore', { given: { file, create } })
    expect(verdict(restored)).toBe('0 applied')
    expect(restored.operation?.next?.join(' ')).toContain(
      'the rows of what was touched only, and no foreign keys',
    )
    const url = new URL(place.database.url)
    url.pathname = `/${create}`
    {
      await using copy = await aClient(url.href)
      const rows =
        '(select count(*)::int from books) as books, (select count(*)::int from shelves) as shelves'
      expect(await copy.query(`select ${rows}, book from shelves where id = 2`)).toEqual([
        { books: 0, shelves: 50, book: 2 },
      ])
    }
    await place.database.query(`drop database ${create}`)
  })

  proving.it('is proven like any other', async () => {
    await using place = await aPlace({ '01_a.sql': 'alter table shelves add column note text;' })
    const given = { backup: 'touched', 'backup-verify': 'true' } as const
    const report = await place.migrator.run('migrate', { given })
    expect([verdict(report), problems(report)]).toEqual(['0 applied: 01 applied', ''])
    expect(report.notes.join('\n')).toContain('needs rows that are not in it: constraint.')
  })

  dumping.it('is one of everything where the rehearsal does not tell all', async () => {
    await using place = await aPlace({
      '01_a.sql': 'create index concurrently books_title on books (title);',
    })
    const report = await place.migrator.run('migrate', { given: { backup: 'touched' } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.notes.join('\n')).toContain(
      'Backed up in full, and not only what is touched: the rehearsal does not show',
    )
    const [, name = ''] = await place.names()
    expect((await place.manifest(name)).mode).toBe('full')
  })
})

describe('a marker', () => {
  it.each([15, 18] as const)(
    'records the point in time on PostgreSQL %i before anything is applied, and writes no file',
    async (major) => {
      await using place = await aPlace(FILES, major)
      const report = await place.migrator.run('migrate', {
        given: { backup: 'marker', 'backup-id': 'rds-7' },
      })
      expect(verdict(report)).toBe('0 applied: 01 applied')
      expect(await place.events()).toEqual([
        'anchor anchor success',
        'backup backup-marker success',
        'apply applied success',
      ])
      const [event] = await place.database.query<{ name: string; detail: string }>(
        "select name, detail from devflow.migration_history where event = 'backup-marker'",
      )
      expect([event?.name, event?.detail]).toEqual([
        'rds-7',
        expect.stringMatching(
          /^server time \d{4}-.*Z, LSN [0-9A-F]+\/[0-9A-F]+, timeline 1, system \d+, backup id rds-7, database test_/,
        ),
      ])
      expect(report.notes.join('\n')).toContain('The point in time before this run is recorded: ')
      expect(await place.names()).toEqual([])
    },
  )
})

describe('on class production', () => {
  const migrate = ({ migrator }: Place, given: Asked['given'] = {}) =>
    migrator.run('migrate', {
      given: { environment: 'production', rehearse: 'target', ...given },
      variables: { CONFIRM_PRODUCTION_MIGRATION: 'true' },
    })
  const told = ({ findings }: Report) => findings.map(({ rule, severity }) => `${severity} ${rule}`)

  it('a choice that nobody made is a warning with the words to choose from', async () => {
    await using place = await aPlace(FILES)
    const report = await migrate(place)
    expect([report.status, told(report)]).toEqual(['applied', ['warning no-backup-chosen']])
    expect(report.findings[0]?.help).toContain('backup: full, or backup: touched, or backup: marker')
  })

  it.each(['off', 'marker'])('%s is a choice', async (backup) => {
    await using place = await aPlace(FILES)
    expect(told(await migrate(place, { backup }))).toEqual([])
  })
})

describe('the command backup', () => {
  dumping.it('backs up on its own, and keeps as many as it is told', async () => {
    await using place = await aPlace(FILES)
    await place.migrator.run('migrate')
    for (const format of ['custom', 'sql.gz', 'custom']) {
      const report = await place.migrator.run('backup', {
        given: { 'backup-keep': '2', 'backup-format': format },
      })
      expect([verdict(report), report.operation?.steps.map(({ state }) => state)]).toEqual([
        '0 applied',
        ['done', 'done', 'done'],
      ])
    }
    expect((await place.names()).filter((name) => !name.endsWith('.json'))).toEqual([
      '.gitignore',
      expect.stringMatching(/^backup_before_migration_/),
      expect.stringMatching(/^backup_before_migration_/),
    ])
    expect((await place.events()).filter((told) => told === 'backup backed-up success')).toHaveLength(3)
  })

  it('shows what it would do, and does nothing, in a dry run', async () => {
    await using place = await aPlace(FILES)
    const report = await place.migrator.run('backup', {
      given: { 'dry-run': 'true', 'backup-verify': 'true' },
    })
    expect([verdict(report), report.operation?.steps.map(({ state }) => state)]).toEqual([
      '0 planned',
      ['planned', 'planned', 'planned', 'planned'],
    ])
    expect([
      await place.names(),
      await place.database.query("select to_regclass('devflow.migration_history') as t"),
    ]).toEqual([[], [{ t: null }]])
  })

  it('records a point in time, and leaves what the schema was to be compared with', async () => {
    await using place = await aPlace(FILES)
    await place.migrator.run('migrate')
    const report = await place.migrator.run('backup', { given: { backup: 'marker' } })
    expect([verdict(report), report.operation?.facts]).toEqual([
      '0 applied',
      expect.objectContaining({ mode: 'marker', timeline: 1, lsn: expect.stringMatching(/\//) }),
    ])
    await place.database.query('alter table books add column by_hand int')
    const verified = await place.migrator.run('verify')
    expect(verified.findings.map(({ rule }) => rule)).toEqual(['schema-drift'])
  })
})
