import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { hashBackup } from '../../src/backup/hash-backup.js'
import type { BackupManifest } from '../../src/model/backup.js'
import type { Report } from '../../src/model/report.js'
import { dumping, proving } from '../backup/pg-programs.js'
import { dropRoles, largeObjectsAndMore, richSchema } from '../backup/rich-schema.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { type Asked, aMigrator, type Migrator, verdict } from './a-migrator.js'

const role = `restored_${randomBytes(4).toString('hex')}`
/** More than a hundred thousand rows in all. */
const ROWS = 100_000

/** With all there is, and many rows. */
let large: Source
/** Without what SQL can not hold, and with few rows. */
let small: Source
const copies: string[] = []

interface Source {
  readonly role: string
  readonly database: TestDatabase
  readonly migrator: Migrator
}

async function aSource(role: string, rows: number, more = ''): Promise<Source> {
  const database = await aDatabase({ major: 15 })
  await database.query(richSchema(role, rows) + more)
  const migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (id int primary key);' })
  await migrator.run('migrate')
  return { role, database, migrator }
}

beforeAll(async () => {
  large = await aSource(role, ROWS, largeObjectsAndMore)
  small = await aSource(`${role}_2`, 100)
})

afterAll(async () => {
  for (const copy of copies) await small.database.query(`drop database if exists "${copy}" with (force)`)
  for (const { migrator, database } of [large, small]) {
    await migrator[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  }
  await using other = await aDatabase({ major: 15 })
  await other.query(dropRoles(role) + dropRoles(`${role}_2`))
})

interface Backup {
  readonly path: string
  readonly manifest: BackupManifest
}

async function backUp({ migrator }: Source, asked: Asked = {}): Promise<Backup> {
  const report = await migrator.run('backup', asked)
  expect([verdict(report), report.operation?.steps.filter(({ state }) => state !== 'done')]).toEqual([
    '0 applied',
    [],
  ])
  const path = String(report.operation?.facts?.path)
  return { path, manifest: JSON.parse(await readFile(`${path}.json`, 'utf8')) }
}

/** A name for a database that is dropped at the end. */
function aCopy(): string {
  const name = `${small.database.name}_${copies.length}`
  copies.push(name)
  return name
}

const restore = (file: string, given: Asked['given'] = {}, asked: Asked = {}, { migrator } = small) =>
  migrator.run('restore', { ...asked, given: { file, ...given } })

/** Nothing of ours has a part in it. */
async function digestsOf(name: string): Promise<unknown[]> {
  const url = new URL(small.database.url)
  url.pathname = `/${name}`
  await using client = await aClient(url.href)
  const tables = await client.query<{ name: string }>(
    "select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'm') and nspname !~ '^pg_' and nspname not in ('information_schema', 'devflow') order by 1",
  )
  const digests: unknown[] = []
  for (const { name: table } of tables)
    digests.push(
      ...(await client.query(
        `select '${table.replaceAll("'", "''")}' as table, count(*), md5(string_agg(md5(to_jsonb(t)::text), '' order by md5(to_jsonb(t)::text))) from only ${table} t`,
      )),
    )
  const rest = [
    "select sequencename, last_value from pg_sequences where schemaname <> 'devflow' order by 1, 2",
    'select loid, pageno, md5(data) from pg_largeobject order by 1, 2',
    "select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|inf)' order by 1, 2",
    'select schemaname, tablename, indexdef from pg_indexes order by 1, 2, 3',
    "select relname, relowner::regrole, relacl::text, relrowsecurity, relforcerowsecurity from pg_class where oid >= 16384 and relkind in ('r', 'v', 'S') and relnamespace::regnamespace::text <> 'devflow' order by 1",
    'select polname, polroles::regrole[]::text, pg_get_expr(polqual, polrelid) from pg_policy order by 1',
    'select evtname, evtevent from pg_event_trigger',
    'select pubname, tablename from pg_publication_tables order by 1, 2',
  ]
  for (const sql of rest) digests.push(await client.query(sql))
  return digests
}

const problemOf = ({ problems }: Report) =>
  problems.map(({ message, help }) => `${message} ${help}`).join('\n')

describe('a backup of everything that a database can hold', () => {
  const ways: readonly (readonly [how: string, of: () => Source, asked: Asked])[] = [
    ['in the format of pg_dump', () => large, {}],
    ['in a folder by two jobs', () => small, { variables: { PARALLEL_JOBS: '2' } }],
    ['in SQL', () => small, { given: { 'backup-format': 'sql.gz' } }],
  ]
  for (const [how, of, asked] of ways)
    proving.it(
      `${how}, is proven, and restored with the same rows, definitions, owners and rights`,
      async () => {
        const { database } = of()
        const given = { ...asked.given, 'backup-verify': 'true' }
        const { path, manifest } = await backUp(of(), { ...asked, given })
        expect([manifest.verified, manifest.mode, manifest.database]).toEqual([true, 'full', database.name])
        const create = aCopy()
        const report = await restore(path, { create }, {}, of())
        expect([verdict(report), report.operation?.steps.map(({ state }) => state)]).toEqual([
          '0 applied',
          ['done', 'done', 'done'],
        ])
        expect(report.operation?.next?.join(' ')).toContain(`point the applications at ${create}`)
        expect(await digestsOf(create)).toEqual(await digestsOf(database.name))
      },
      60_000,
    )

  dumping.it(
    'is restored into an empty database, and the next run there says that it is a copy',
    async () => {
      const { path } = await backUp(small)
      await using empty = await aDatabase({ major: 15 })
      await using there = await aMigrator(empty.url, { '01_a.sql': 'create table a (id int primary key);' })
      const report = await there.run('restore', { given: { file: path } })
      expect(verdict(report)).toBe('0 applied')
      expect(await digestsOf(empty.name)).toEqual(await digestsOf(small.database.name))
      const next = await there.run('migrate')
      expect([next.status, problemOf(next)]).toEqual([
        'refused',
        expect.stringContaining('run once with move-target: copy-of-'),
      ])
    },
  )

  dumping.it('is restored on a newer version, by its rows', async () => {
    const { path } = await backUp(small)
    const role = `${small.role}_owner`
    await using newer = await aDatabase({ major: 18 })
    await newer.query(`create role ${role}; create role ${small.role}_reader`)
    {
      await using empty = await aDatabase({ major: 18 })
      await using there = await aMigrator(empty.url, { '01_a.sql': 'select 1;' })
      const report = await there.run('restore', { given: { file: path } })
      expect([verdict(report), problemOf(report)]).toEqual(['0 applied', ''])
      expect(report.operation?.next?.join(' ')).toContain('its definitions were not')
    }
    await newer.query(dropRoles(small.role))
  })

  dumping.it('in SQL is refused where there are large objects', async () => {
    const report = await large.migrator.run('backup', { given: { 'backup-format': 'sql.gz' } })
    expect(report.operation?.steps[0]?.failure?.message).toContain('take backup-format: custom')
  })
})

describe('a restore', () => {
  let backup: Backup
  beforeAll(async () => {
    if (dumping.missing === undefined) backup = await backUp(small, { given: { 'backup-format': 'sql.gz' } })
  })

  /** No database was made. */
  async function expectRefused(running: Promise<Report>, why: string | RegExp): Promise<void> {
    const before = await databases()
    const report = await running
    expect([verdict(report), problemOf(report)]).toEqual(['1 refused', expect.stringMatching(why)])
    expect(await databases()).toEqual(before)
  }

  const databases = () =>
    small.database.query(
      `select datname from pg_database where datname like '${small.database.name}%' order by 1`,
    )

  dumping.it(
    'refuses a database that is not empty, names what is in it, and leaves it as it is',
    async () => {
      const before = await digestsOf(small.database.name)
      await expectRefused(
        restore(backup.path),
        /is not empty: extension citext, function app\.half, .* and \d+ more\. .*--create/,
      )
      expect(await digestsOf(small.database.name)).toEqual(before)
    },
  )

  dumping.it('refuses a name that is taken', () =>
    expectRefused(
      restore(backup.path, { create: small.database.name }),
      /is there already\. .*makes a new database/,
    ),
  )

  dumping.it('refuses what is no backup of ours', async () => {
    const { path } = await aChangedCopy(backup, { manifest: () => undefined })
    await expectRefused(restore(path, { create: 'x' }), /no \.json file of the same name beside it/)
    const other = await aChangedCopy(backup, { manifest: () => ({ form: 'another' }) })
    await expectRefused(restore(other.path, { create: 'x' }), /not as devflow-migrate writes it/)
    await expectRefused(restore('nowhere.dump', { create: 'x' }), /nowhere\.dump is not restored/)
  })

  dumping.it('refuses a backup that is not what its manifest says', async () => {
    const { path } = await aChangedCopy(backup, { sql: (text) => text.replace('book 7', 'book 8') })
    await expectRefused(
      restore(path, { create: 'x' }),
      /its SHA-256 is [0-9a-f]{64}, and its \.json file says/,
    )
  })

  dumping.it('refuses a backup that is not what the history says, whatever its manifest does', async () => {
    const changed = await aChangedCopy(backup, {
      sql: (text) => text.replace('book 7', 'book 8'),
      signs: true,
    })
    await expectRefused(restore(changed.path, { create: 'x' }), /the history says sha256:[0-9a-f]{64}/)
  })

  dumping.it('refuses an older server, by both versions', async () => {
    const newer = await aChangedCopy(backup, { manifest: (was) => ({ ...was, serverMajor: 19 }) })
    await expectRefused(
      restore(newer.path, { create: 'x' }),
      /The server is PostgreSQL 15, and the backup is of PostgreSQL 19\./,
    )
  })

  dumping.it('refuses where a role is missing, and says how to make it', async () => {
    const lost = `lost_${role}`
    const foreign = await aChangedCopy(backup, {
      manifest: (was) => ({ ...was, roles: [...was.roles, lost] }),
    })
    await expectRefused(restore(foreign.path, { create: 'x' }), new RegExp(`CREATE ROLE "${lost}";`))
  })

  dumping.it('refuses who may not give objects to their owners', async () => {
    await using empty = await aDatabase({ major: 15 })
    await empty.query(
      `create role ${role}_weak login password 'geheimnis'; alter database ${empty.name} owner to ${role}_weak`,
    )
    const url = new URL(empty.url)
    url.username = `${role}_weak`
    url.password = 'geheimnis'
    await using there = await aMigrator(url.href)
    await there.project.write('migrations/01_a.sql', 'select 1;')
    const report = await there.run('restore', { given: { file: backup.path } })
    expect(problemOf(report)).toMatch(new RegExp(`that ${role}_weak is not in: .*GRANT "${role}_2_owner" TO`))
    await empty.query(`alter database ${empty.name} owner to current_user; drop role ${role}_weak`)
  })

  dumping.it('shows what it would do, and does nothing, in a dry run', async () => {
    const before = await databases()
    const report = await restore(backup.path, { create: aCopy(), 'dry-run': 'true' })
    expect([verdict(report), report.operation?.steps.map(({ state }) => state)]).toEqual([
      '0 planned',
      ['planned', 'planned', 'planned'],
    ])
    expect(await databases()).toEqual(before)
  })

  dumping.it('does nothing when a person says no', async () => {
    const system = { confirmOperation: async () => false }
    const before = await databases()
    const report = await restore(backup.path, { create: aCopy() }, { system, ci: false })
    expect([report.status, await databases()]).toEqual(['cancelled', before])
  })

  describe('that fails in the middle', () => {
    const broken = { sql: (text: string) => text.replace(END, `SELECT 1 / 0;\n${END}`), signs: true }

    dumping.it('leaves an empty database as it was', async () => {
      await using empty = await aDatabase({ major: 15 })
      await using there = await aMigrator(empty.url, { '01_a.sql': 'select 1;' })
      const { path } = await aChangedCopy(backup, broken)
      const report = await there.run('restore', { given: { file: path } })
      const [step] = report.operation?.steps ?? []
      expect([verdict(report), step?.failure?.message]).toEqual(['1 failed', 'division by zero'])
      expect(await empty.query('select count(*)::int as n from pg_class where oid >= 16384')).toEqual([
        { n: 0 },
      ])
    })

    dumping.it('leaves no database that it made', async () => {
      await using other = await aDatabase({ major: 15 })
      await using there = await aMigrator(other.url, { '01_a.sql': 'select 1;' })
      const { path } = await aChangedCopy(backup, broken)
      const create = aCopy()
      const report = await there.run('restore', { given: { file: path, create } })
      expect([report.status, report.operation?.steps.map(({ state }) => state)]).toEqual([
        'partial',
        ['done', 'failed', 'not-run'],
      ])
      expect(await small.database.query(`select 1 from pg_database where datname = '${create}'`)).toEqual([])
    })

    dumping.it('starts no program that the text names for psql', async () => {
      const mark = join(small.migrator.project.path, 'started')
      await using empty = await aDatabase({ major: 15 })
      await using there = await aMigrator(empty.url, { '01_a.sql': 'select 1;' })
      const key = /\\unrestrict (\w+)/.exec(gunzipSync(await readFile(backup.path)).toString('latin1'))?.[1]
      const line = `\\unrestrict ${key}\n\\! touch ${mark}\n`
      const { path } = await aChangedCopy(backup, {
        sql: (text) => text.replace(END, `${line}${END}`),
        signs: true,
      })
      const report = await there.run('restore', { given: { file: path } })
      expect([verdict(report), existsSync(mark)]).toEqual(['1 failed', false])
      expect(report.operation?.steps[0]?.failure?.message).toMatch(/unrestrict|restricted/)
    })
  })

  dumping.it('tells when what was restored is not what the backup recorded', async () => {
    const { tables } = backup.manifest.contents
    const books = { rows: 101, sum: '1' }
    const contents = { ...backup.manifest.contents, tables: { ...tables, 'public.books': books } }
    const { path } = await aChangedCopy(backup, { manifest: (was) => ({ ...was, contents }) })
    const create = aCopy()
    const report = await restore(path, { create })
    expect([report.exitCode, report.operation?.steps[2]?.failure]).toEqual([
      1,
      expect.objectContaining({
        message: `the restored database is not what was backed up: public.books has 100 rows, and had 101`,
        hint: expect.stringContaining(`Do not use ${create}`),
      }),
    ])
  })
})

const END = '--\n-- PostgreSQL database dump complete\n'

interface Change {
  readonly sql?: (text: string) => string
  /** Undefined: there is none. */
  readonly manifest?: (was: BackupManifest) => object | undefined
  /** The manifest goes with the changed file. */
  readonly signs?: boolean
}

/** Of a compressed SQL backup, of the same name, in a folder of its own. */
async function aChangedCopy(
  { path, manifest }: Backup,
  { sql = (text) => text, manifest: change = (was) => was, signs = false }: Change,
): Promise<{ readonly path: string }> {
  const folder = join(small.migrator.project.path, randomBytes(6).toString('hex'))
  await mkdir(folder)
  const copy = join(folder, basename(path))
  const was = gunzipSync(await readFile(path)).toString('latin1')
  const text = sql(was)
  if (text === was) await cp(path, copy)
  else await writeFile(copy, gzipSync(Buffer.from(text, 'latin1')))
  const written = change(signs ? { ...manifest, ...(await hashBackup(copy)) } : manifest)
  if (written) await writeFile(`${copy}.json`, JSON.stringify(written))
  return { path: copy }
}
