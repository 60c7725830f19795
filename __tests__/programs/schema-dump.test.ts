import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { InputName } from '../../src/model/inputs.js'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const withDump = needs({ program: 'pg_dump', atLeast: 15 })

const FILES = {
  '01_orders.sql': `CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY readers ON orders FOR SELECT USING (true);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM public.orders $$;`,
}

const asked = { 'schema-dump': 'db/schema.sql' } as const
const schemaOf = (migrator: Migrator) => migrator.project.read('db/schema.sql')
const dumpFindings = ({ findings }: Awaited<ReturnType<Migrator['run']>>) =>
  findings
    .filter(({ rule }) => rule === 'schema-dump')
    .map(({ severity, message }) => `${severity} ${message}`)

describe('the schema as a file', () => {
  withDump.it(
    'is written after migrate, the same for the same schema, and without our own tables',
    async () => {
      await using one = await aDatabase({ major: 15 })
      await using other = await aDatabase({ major: 15 })
      await using first = await aMigrator(one.url, FILES)
      await using second = await aMigrator(other.url, FILES)
      const report = await first.run('migrate', { given: asked })
      expect(verdict(report)).toBe('0 applied: 01 applied')
      expect(report.notes).toContain('The schema was written to db/schema.sql.')
      const text = await schemaOf(first)
      expect(text).toContain('CREATE TABLE public.orders (')
      expect(text).toContain('CREATE POLICY readers ON public.orders')
      expect(text).not.toMatch(/devflow\.|schema_migrations|\\restrict|Dumped|OWNER TO/)

      // Kept in a schema of the application's, and with a history that went other ways.
      await second.project.write(
        'devflow.yml',
        'database:\n  schema-dump: db/schema.sql\n  migrations: { tracking_schema: public }\n',
      )
      await other.query('CREATE TABLE passing (id int); DROP TABLE passing')
      expect(verdict(await second.run('migrate'))).toBe('0 applied: 01 applied')
      expect(await schemaOf(second)).toBe(text)
      expect(await second.project.list('db')).toEqual(['schema.sql'])
    },
  )

  withDump.it('holds no secret that a migration once put into the database, and can be loaded', async () => {
    await using database = await aDatabase({ major: 15 })
    await using copy = await aDatabase({ major: 15 })
    await database.query(`CREATE FUNCTION call() RETURNS text LANGUAGE plpgsql AS $$
      DECLARE api_key text := 'zebra-quartz-9-violin'; BEGIN RETURN api_key; END $$;
      CREATE FOREIGN DATA WRAPPER w;
      CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (api_key 'rk_live_zebraquartz123456', api_url 'https://api.example.com/');`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE accounts (password text, token text);',
    })
    const report = await migrator.run('migrate', { given: asked })
    expect(report.notes).toContain(
      'The schema was written to db/schema.sql. *** stands for a secret in 2 places of it.',
    )
    const text = await schemaOf(migrator)
    expect(text).not.toMatch(/zebra|violin/)
    expect(text).toContain("api_key text := '***'")
    expect(text).toMatch(/api_key '\*\*\*',\s+api_url 'https:\/\/api\.example\.com\/'/)
    expect(text).toMatch(/password text,\s+token text/)
    await copy.query(text)
  })

  withDump.it('has only the schemas that are named', async () => {
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql':
        'CREATE SCHEMA "Odd*"; CREATE TABLE "Odd*".kept (); CREATE SCHEMA theirs; CREATE TABLE theirs.gone ();',
    })
    await migrator.project.write('devflow.yml', 'database: { schemas: ["Odd*"], schema-dump: db/schema.sql }')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await schemaOf(migrator)).toContain('CREATE TABLE "Odd*".kept')
    expect(await schemaOf(migrator)).not.toMatch(/gone|theirs/)
  })

  withDump.it('can be loaded, and gives the same again', async () => {
    await using one = await aDatabase({ major: 15 })
    await using copy = await aDatabase({ major: 15 })
    await using first = await aMigrator(one.url, FILES)
    await first.run('migrate', { given: asked })
    await copy.query(await schemaOf(first))
    await using second = await aMigrator(copy.url)
    await second.write('02_nothing.sql', 'SELECT 1;')
    expect(verdict(await second.run('migrate', { given: asked }))).toBe('0 applied: 02 applied')
    expect(await schemaOf(second)).toBe(await schemaOf(first))
  })

  withDump.it(
    'is left as it was by a run that fails, that applies nothing, or whose checks fail',
    async () => {
      await using database = await aDatabase({ major: 15 })
      await using migrator = await aMigrator(database.url, { '01_a.sql': 'SELECT 1/0;' })
      await migrator.project.write('db/schema.sql', 'as it was')
      await migrator.run('migrate', { given: asked })
      await migrator.write('01_a.sql', 'CREATE TABLE a ();')
      await migrator.run('dry-run', { given: asked })
      await migrator.project.write(
        'devflow.yml',
        'database: { health: { after: [{ tables: [b], retries: 0 }] } }',
      )
      await migrator.run('migrate', { given: asked })
      expect(await schemaOf(migrator)).toBe('as it was')
    },
  )

  withDump.it('that can not be written is a warning, since what is applied is applied', async () => {
    await using outside = await aFolder()
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.project.write('devflow.yml', 'database: { schema-dump: db/schema.sql }')
    await symlink(outside.path, join(migrator.project.path, 'db'))
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.ready).toBe(true)
    expect(dumpFindings(report)).toEqual([
      'warning The schema was not written to db/schema.sql: a link leads out of the workspace.',
    ])
    await migrator.project.remove('db')
    await mkdir(join(migrator.project.path, 'db', 'schema.sql'), { recursive: true })
    expect(dumpFindings(await migrator.run('migrate'))).toEqual([
      'warning The schema was not written to db/schema.sql: it is no regular file.',
    ])
  })

  withDump.it('is not written through a link', async () => {
    await using outside = await aFolder()
    await using database = await aDatabase({ major: 15 })
    await using migrator = await aMigrator(database.url, FILES)
    const theirs = join(outside.path, 'theirs')
    await writeFile(theirs, 'theirs')
    await mkdir(join(migrator.project.path, 'db'))
    await symlink(theirs, join(migrator.project.path, 'db', 'schema.sql'))
    expect(dumpFindings(await migrator.run('migrate', { given: asked }))).toEqual([
      'warning The schema was not written to db/schema.sql: it is no regular file.',
    ])
    expect(await readFile(theirs, 'utf8')).toBe('theirs')
  })

  it('is a warning where no pg_dump is new enough', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    const report = await migrator.run('migrate', { given: asked })
    expect(report.exitCode).toBe(0)
    // Where there is one, it is written.
    const written = report.notes.includes('The schema was written to db/schema.sql.')
    if (!written)
      expect(dumpFindings(report)).toEqual([
        'warning The schema was not written to db/schema.sql: there is no pg_dump 18 or newer on this machine.',
      ])
  })

  it.each<[string, Partial<Record<InputName, string>>, string, string]>([
    ['among the migrations', { 'schema-dump': 'migrations/schema.sql' }, '', 'in the migrations folder'],
    ['outside, by the file', {}, 'database: { schema-dump: ../schema.sql }', 'outside the workspace'],
    [
      'the folder itself',
      {},
      'database: { environments: { test: { schema-dump: . } } }',
      'outside the workspace',
    ],
  ])('has its place: not %s', async (_what, given, yml, expected) => {
    await using migrator = await aMigrator('postgresql://nobody@127.0.0.1:1/none', FILES)
    if (yml) await migrator.project.write('devflow.yml', yml)
    const { exitCode, problems } = await migrator.run('migrate', { given })
    expect(exitCode).toBe(2)
    expect(problems[0]?.message).toContain(expected)
  })
})
