import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { makeDoor } from '../../../src/database/open-session.js'
import { type LoadedSchema, loadSchema } from '../../../src/database/shadows/load-schema.js'
import { openShadow } from '../../../src/database/shadows/open-shadow.js'
import type { SchemaSource } from '../../../src/database/shadows/schema/schema-source.js'
import type { Shadow } from '../../../src/database/shadows/shadow.js'
import { SHADOW_KINDS, type ShadowKindName } from '../../../src/database/shadows/shadow-kinds.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { prepareMigration } from '../../../src/plan/prepare-migration.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aMigration } from '../../support/builders.js'
import { needs } from '../../support/needs.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { aRequest, aTarget } from './a-request.js'

const dump = needs({ program: 'pg_dump', atLeast: 15 })

const SCHEMA = `
CREATE SCHEMA app; CREATE EXTENSION citext;
CREATE TYPE app.mood AS ENUM ('a', 'b');
CREATE TABLE app.authors (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext NOT NULL);
CREATE TABLE app.books (id serial PRIMARY KEY, author bigint REFERENCES app.authors, mood app.mood, CHECK (id > 0));
INSERT INTO app.authors (name) VALUES ('ada'), ('bob');
CREATE INDEX books_author ON app.books (author);
CREATE VIEW app.titles AS SELECT id FROM app.books;
CREATE MATERIALIZED VIEW app.counted AS SELECT count(*) FROM app.books;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$;
CREATE TRIGGER touch BEFORE UPDATE ON app.books FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.books ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON app.books USING (true);`

describe('the schema of a shadow', () => {
  dump.it('is the target’s, without its rows, and the target stays as it was', async () => {
    await using target = await aDatabase({ major: 15 })
    await target.query(SCHEMA)
    const before = await digest(target)
    await using shadow = await aShadow(target)
    const loaded = await load(shadow, target)
    expect(loaded).toMatchObject({
      schemaFrom: expect.stringMatching(/^from pg_dump \d+ of the target$/),
      lacks: [],
    })
    expect(await ask(shadow, OBJECTS)).toEqual((await target.query(OBJECTS)).map(Object.values))
    expect(await ask(shadow, 'SELECT count(*) FROM app.authors')).toEqual([['0']])
    expect(await digest(target)).toBe(before)
  })

  dump.it('brings the settings and the roles of the target along, none of whom is a superuser', async () => {
    await using target = await aDatabase({ major: 15 })
    const [anon, boss] = [`anon_${target.name}`, `boss_${target.name}`]
    try {
      await target.query(`CREATE ROLE ${anon}; CREATE ROLE ${boss} SUPERUSER; CREATE TABLE t (); GRANT SELECT ON t TO ${anon};
        ALTER DATABASE ${target.name} SET search_path = app, public; ALTER DATABASE ${target.name} SET TimeZone = 'Asia/Kathmandu'`)
      await using shadow = await aShadow(target)
      const loaded = await load(shadow, target)
      expect(loaded.lacks).toEqual([])
      expect(loaded.limits).toEqual(['Files run on it as a role that is no superuser, unlike on the target.'])
      expect(loaded.excuse({ code: '42501', message: '' })).toContain('superuser')
      expect(await ask(shadow, "SELECT current_setting('search_path'), current_setting('TimeZone')")).toEqual(
        [['app, public', 'Asia/Kathmandu']],
      )
      expect(
        await ask(shadow, `SELECT rolsuper, rolcanlogin FROM pg_roles WHERE rolname = '${boss}'`),
      ).toEqual([['f', 'f']])
      expect(await ask(shadow, `SELECT has_table_privilege('${anon}', 'public.t', 'SELECT')`)).toEqual([
        ['t'],
      ])
      expect(await ask(shadow, 'SET session_replication_role = replica; SELECT 1')).toEqual([['1']])
    } finally {
      await target.query(`DROP OWNED BY ${anon}, ${boss}; DROP ROLE ${anon}, ${boss}`)
    }
  })

  dump.it('is as far as the role may read the target, and says what is left out', async () => {
    await using target = await aDatabase({ major: 15 })
    const reader = `reader_${target.name}`
    try {
      await target.query(
        `CREATE ROLE ${reader} LOGIN PASSWORD 'p'; CREATE TABLE secret (); CREATE TABLE "Plain" (); GRANT SELECT ON "Plain" TO ${reader}`,
      )
      await using shadow = await aShadow(target, 'from-binaries', reader)
      const url = new URL(target.url)
      url.username = reader
      url.password = 'p'
      const loaded = await load(shadow, target, { url: url.href })
      expect(loaded.lacks).toEqual([`CREATE TABLE public.secret: the role ${reader} may not read it`])
      expect(
        await ask(shadow, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
      ).toEqual([['Plain']])
      expect(loaded.excuse({ code: '42P01', message: 'relation "secret" does not exist' })).toBeDefined()
      expect(loaded.excuse({ code: '42P01', message: 'relation "secrets" does not exist' })).toBeUndefined()
    } finally {
      await target.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`)
    }
  })

  dump.it('lacks what the shadow can’t have, and has the rest', async () => {
    await using target = await aDatabase({ major: 15 })
    await target.query('CREATE EXTENSION dblink; CREATE TABLE t (); DROP SCHEMA IF EXISTS other')
    await using shadow = await aShadow(target)
    const loaded = await load(shadow, target)
    expect(loaded.lacks).toEqual([
      expect.stringMatching(/^CREATE EXTENSION IF NOT EXISTS dblink .*: it could reach out/),
    ])
    expect(loaded.limits).toContainEqual(
      expect.stringContaining('The shadow lacks of the target: CREATE EXTENSION'),
    )
    expect(await ask(shadow, "SELECT to_regclass('public.t')::text")).toEqual([['t']])
  })

  dump.it('has no schema public where the target has none', async () => {
    await using target = await aDatabase({ major: 15 })
    await target.query('DROP SCHEMA public')
    await using shadow = await aShadow(target)
    await load(shadow, target)
    expect(await ask(shadow, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'")).toEqual([['0']])
  })

  dump.it('comes without the password in any argument, and leaves no file behind', async () => {
    await using target = await aDatabase({ major: 15 })
    await target.query(SCHEMA)
    const { password } = new URL(target.url)
    await using shadow = await aShadow(target)
    const seen = watchArguments()
    await load(shadow, target)
    const commands = seen.stop()
    expect(commands.some((command) => command.includes('pg_dump'))).toBe(true)
    expect(commands.filter((command) => command.includes(password))).toEqual([])
  })

  dump.it('is loaded into PGlite and into a database of a server as well', async () => {
    await using target = await aDatabase({ major: 15 })
    await target.query(SCHEMA)
    await using elsewhere = await aDatabase({ major: 18 })
    for (const kind of ['pglite', 'by-url'] as const) {
      await using shadow = await aShadow(target, kind, undefined, elsewhere.url)
      const loaded = await load(shadow, target)
      expect(loaded.lacks).toEqual([])
      expect(await ask(shadow, "SELECT to_regclass('app.books_author')::text")).toEqual([
        ['app.books_author'],
      ])
    }
  })
})

describe('without a pg_dump, the schema of a shadow', () => {
  it('is what the applied files make, each in its own mode', async () => {
    await using target = await aDatabase({ major: 18 })
    await using shadow = await aShadow(target)
    const files = await prepare([
      'CREATE TABLE t (a int);\nCOPY t FROM STDIN;\n1\n2\n\\.\n',
      'CREATE INDEX CONCURRENTLY t_a ON t (a);\nCREATE INDEX CONCURRENTLY t_b ON t (a);',
      'SET search_path = nowhere;\nCREATE EXTENSION pg_stat_statements SCHEMA public;',
      'CREATE TABLE u ();',
    ])
    const loaded = await load(shadow, target, { applied: async () => files })
    expect(loaded).toMatchObject({ schemaFrom: 'by replaying 4 applied files', lacks: [] })
    expect(loaded.unusable).toBeUndefined()
    expect(loaded.limits).toContainEqual(
      expect.stringContaining('there is no pg_dump 99 or newer on this machine'),
    )
    expect(
      await ask(shadow, "SELECT count(*) FROM t, pg_class WHERE relname IN ('t_a', 't_b', 'u')"),
    ).toEqual([['6']])
    expect(await ask(shadow, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([['f']])
  })

  it('is not to be had where an applied file fails, which is named', async () => {
    await using target = await aDatabase({ major: 18 })
    await using shadow = await aShadow(target)
    const files = await prepare(['CREATE TABLE t ();', 'CREATE TABLE t ();', 'CREATE TABLE never ();'])
    const loaded = await load(shadow, target, { applied: async () => files })
    expect(loaded.unusable).toMatch(
      /there is no pg_dump 99.*, and 02_b\.sql was applied to the target, and fails here: relation "t" already exists/,
    )
    expect(await ask(shadow, "SELECT to_regclass('never')")).toEqual([[null]])
  })

  it('is empty where nothing was applied and the target is', async () => {
    await using target = await aDatabase({ major: 18 })
    await using shadow = await aShadow(target)
    const loaded = await load(shadow, target, {})
    expect(loaded).toMatchObject({ schemaFrom: 'empty, as the target is', lacksRows: false })
    expect(loaded.limits.join()).not.toContain('dumped')
  })

  it('is not to be had where the target has what no file tells of, or the files are not there', async () => {
    await using target = await aDatabase({ major: 18 })
    await target.query('CREATE TABLE by_hand ()')
    await using shadow = await aShadow(target)
    expect((await load(shadow, target, {})).unusable).toMatch(/objects that no applied file tells of/)
    const gone = await load(shadow, target, { applied: async () => ({ why: '01_a.sql is gone' }) })
    expect(gone.unusable).toMatch(/, and 01_a\.sql is gone$/)
  })
})

const OBJECTS = `SELECT pg_catalog.pg_describe_object(classid, objid, 0) AS what FROM (
  SELECT 'pg_class'::regclass AS classid, oid AS objid, relnamespace AS n FROM pg_class
  UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
  UNION ALL SELECT 'pg_constraint'::regclass, oid, connamespace FROM pg_constraint
  UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
  UNION ALL SELECT 'pg_trigger'::regclass, oid, 'app'::regnamespace FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'pg_policy'::regclass, oid, 'app'::regnamespace FROM pg_policy) o
WHERE n = 'app'::regnamespace AND pg_catalog.pg_describe_object(classid, objid, 0) !~ 'toast' ORDER BY 1`

const access = {
  databaseSource: 'a test',
  redact: (text: string) => text,
  run: { actor: 'ada', toolVersion: '0' },
}

describe('the files of a Supabase project', () => {
  const files = [
    `CREATE TABLE public.notes (id uuid PRIMARY KEY, owner uuid REFERENCES auth.users (id), "by" uuid DEFAULT auth.uid());
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.notes TO authenticated USING ((SELECT auth.uid()) = owner);
GRANT SELECT ON public.notes TO anon, service_role;
ALTER PUBLICATION supabase_realtime ADD TABLE public.notes;`,
    `CREATE FUNCTION public.hello() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ begin return new; end $$;
CREATE TRIGGER hello AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.hello();
INSERT INTO storage.buckets (id, name) VALUES ('avatars', 'avatars');
CREATE POLICY avatars ON storage.objects FOR SELECT TO public
  USING (bucket_id = 'avatars' AND (storage.foldername(name))[1] = (auth.jwt() ->> 'sub'));`,
  ]
  const applied = async () => prepare(files)

  it('find on a shadow what Supabase would have made, and the target stays without it', async () => {
    await using target = await aDatabase()
    await using shadow = await aShadow(target)
    const loaded = await load(shadow, target, { applied, prelude: 'always' })
    expect(loaded).toMatchObject({ schemaFrom: 'by replaying 2 applied files', lacks: [] })
    expect(loaded.limits.join()).toContain('are stand-ins on it')
    expect(
      await ask(
        shadow,
        `SELECT storage.filename('a/b.png'), storage.extension('a/b.png'), storage.foldername('a/b/c')::text`,
      ),
    ).toEqual([['b.png', 'png', '{a,b}']])
    const claims =
      'SET request.jwt.claims = \'{"sub":"6f1a1c1e-0000-4000-8000-000000000001","role":"authenticated"}\''
    expect(await ask(shadow, `${claims}; SELECT auth.uid(), auth.role()`)).toEqual([
      ['6f1a1c1e-0000-4000-8000-000000000001', 'authenticated'],
    ])
    expect(await target.query("SELECT to_regnamespace('auth') AS it")).toEqual([{ it: null }])
  })

  it('fail on a shadow as on the target where that is no database of Supabase', async () => {
    await using target = await aDatabase()
    await using shadow = await aShadow(target)
    expect((await load(shadow, target, { applied, prelude: 'as-target' })).unusable).toContain('fails here')
  })
})

async function aShadow(
  target: TestDatabase,
  kind: ShadowKindName = 'from-binaries',
  user = new URL(target.url).username,
  shadowUrl?: string,
): Promise<Shadow> {
  const about = aTarget({ user, database: target.name, serverMajor: target.major })
  const request = aRequest({ target: about, ...(shadowUrl === undefined ? {} : { shadowUrl }) })
  const found = await openShadow(request, [SHADOW_KINDS[kind]])
  if ('why' in found) throw new Error(found.why.join('; '))
  return found
}

/** Where files are given, for a target that no pg_dump here is new enough for. */
async function load(
  shadow: Shadow,
  { url: ownUrl, major }: TestDatabase,
  overrides?: { readonly url?: string } & Partial<Pick<SchemaSource, 'applied' | 'prelude'>>,
): Promise<LoadedSchema> {
  const url = overrides?.url ?? ownUrl
  const door = await makeDoor(url, access)
  await using session = await door.open(() => {})
  const dumps = overrides === undefined || overrides.url !== undefined
  const target = {
    ...door.endpoint,
    ...aTarget(),
    ...door.endpoint,
    serverMajor: dumps ? major : 99,
    serverVersion: '',
  }
  return await loadSchema(shadow, {
    target,
    url,
    access,
    session,
    applied: async () => [],
    settings: '',
    ...overrides,
  })
}

async function ask(
  shadow: Shadow,
  sql: string,
): Promise<readonly (readonly (string | null)[])[] | undefined> {
  await using session = await shadow.open(() => {})
  const { results, error } = await session.send(sql)
  if (error) throw new Error(error.message)
  return results.at(-1)?.rows
}

async function prepare(texts: readonly string[]): Promise<RunnableMigration[]> {
  const parser = await openParser()
  return texts.map((text, index) => {
    const name = `0${index + 1}_${String.fromCharCode(97 + index)}.sql`
    const file = aMigration({ name, path: `migrations/${name}`, text, up: { start: 0, end: text.length } })
    const { runnable, findings } = prepareMigration(parser, file)
    if (findings.some(({ severity }) => severity === 'error')) throw new Error(findings[0]?.message)
    return runnable
  })
}

/** Of all that can be seen in a database: catalogs, rows, settings, roles. */
async function digest(database: TestDatabase): Promise<string> {
  const parts = [
    OBJECTS,
    'SELECT * FROM app.authors',
    'SELECT * FROM pg_db_role_setting',
    'SELECT rolname FROM pg_roles WHERE rolname !~ $$_test_$$ ORDER BY 1',
    'SELECT last_value FROM app.books_id_seq',
  ]
  const rows = []
  for (const sql of parts) rows.push(await database.query(sql))
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

/** The arguments of every process that there is meanwhile. */
function watchArguments(): { stop(): readonly string[] } {
  const seen = new Set<string>()
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
      } catch {
        // It has ended.
      }
    }
  }
  const timer = setInterval(look, 2)
  return {
    stop() {
      clearInterval(timer)
      return [...seen]
    },
  }
}
