import { expect, it } from '@jest/globals'
import { schemaDriftQuery } from '../../../src/database/schema/schema-drift-query.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aSession, asUser, nowhere } from '../a-session.js'
import { aRecordedSchema, aRole, changesOf, compareOn } from './a-recorded-schema.js'

const tables = 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);'

eachMajor('a comparison of the schema with the one that was recorded', (major) => {
  it('finds nothing recorded at first, nothing changed after it was, and then each change', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(tables)
    expect(await schema.compare()).toEqual({ state: 'not-recorded', changes: [], count: 0 })
    await schema.record()
    const same = await schema.compare()
    expect(same).toEqual({
      state: 'same',
      fingerprint: expect.stringMatching(/^v1:sha256:[0-9a-f]{64}$/),
      changes: [],
      count: 0,
    })

    await database.query('ALTER TABLE users ADD nickname text, ALTER email DROP NOT NULL')
    const changed = await schema.compare()
    expect(changed).toEqual({
      state: 'changed',
      fingerprint: expect.stringMatching(/^v1:sha256:[0-9a-f]{64}$/),
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      count: 2,
      changes: [
        {
          change: 'changed',
          kind: 'column',
          name: 'public.users.email',
          before: 'text NOT NULL',
          after: 'text',
        },
        { change: 'added', kind: 'column', name: 'public.users.nickname', after: 'text' },
      ],
    })
    expect(changed.fingerprint).not.toBe(same.fingerprint)

    await database.query('ALTER TABLE users DROP nickname, ALTER email SET NOT NULL')
    expect(await schema.compare()).toEqual(same)
  })

  it('tells of something added or dropped once, and not of all that is part of it', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await using role = await aRole(database)
    await database.query(`CREATE SCHEMA old; CREATE TABLE old.a (id serial PRIMARY KEY, b int CHECK (b > 0));
      CREATE INDEX ON old.a (b); GRANT SELECT ON old.a TO ${role.name}; GRANT SELECT (b) ON old.a TO ${role.name}`)
    await schema.record()
    await database.query(`DROP SCHEMA old CASCADE; ${tables} CREATE INDEX ON users (email);
      ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (true)`)
    expect(changesOf(await schema.compare())).toEqual(['dropped schema old', 'added table public.users'])
  })

  it('can tell nothing where something was applied since, or is half done', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    const event = (name: string) =>
      database.query(
        `INSERT INTO devflow.migration_history (version, action, status, event) VALUES ('1', 'apply', 'x', $1)`,
        [name],
      )
    await event('applied')
    await schema.record()
    await event('failed')
    await event('rehearsal-failed')
    await database.query(tables)
    expect((await schema.compare()).state).toBe('changed')
    await event('partial')
    expect(await schema.compare()).toEqual({ state: 'moved-on', changes: [], count: 0 })
    await schema.record()
    expect((await schema.compare()).state).toBe('same')
    await database.query(
      `INSERT INTO devflow.schema_migrations (version, name, checksum, status) VALUES ('2', 'b', 'c', 'running')`,
    )
    expect((await schema.compare()).state).toBe('moved-on')
  })

  it('is made only where fewer files are completed than there are, where it is asked so', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(
      `INSERT INTO devflow.schema_migrations (version, name, checksum, status) VALUES ('1', 'a', 'c', 'completed'), ('2', 'b', 'c', 'failed')`,
    )
    await schema.record()
    await database.query(tables)
    expect(await schema.compare([], 1)).toEqual({ state: 'not-asked', changes: [], count: 0 })
    expect((await schema.compare([], 2)).state).toBe('changed')
    expect((await schema.compare()).state).toBe('changed')
  })

  it('looks at the schemas that are named, and says so where others were recorded', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query('CREATE SCHEMA app; CREATE SCHEMA other')
    await schema.record(['app', 'public'])
    await database.query('CREATE TABLE other.t (a int); CREATE SCHEMA third; CREATE FOREIGN DATA WRAPPER w')
    expect((await schema.compare(['public', 'app', 'app'])).state).toBe('same')
    await database.query('CREATE TABLE app.t (a int)')
    expect(changesOf(await schema.compare(['app', 'public']))).toEqual(['added table app.t'])
    expect((await schema.compare()).state).toBe('other-scope')
    expect((await schema.compare(['app'])).state).toBe('other-scope')
  })

  it('says so where another version recorded another form, or on another major', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await schema.record()
    await database.query('UPDATE devflow.schema_snapshots SET server_major = 14')
    await database.query(tables)
    expect(await schema.compare()).toMatchObject({ state: 'changed', recordedMajor: 14 })
    await database.query(`UPDATE devflow.schema_snapshots SET fingerprint = 'v9:sha256:00'`)
    expect((await schema.compare()).state).toBe('other-form')
  })

  it('is possible for the role that only plans, and for others is a sentence and no error', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await using planner = await aRole(database, `LOGIN BYPASSRLS PASSWORD 'r0le-pw'`)
    await using stranger = await aRole(database, `LOGIN PASSWORD 'r0le-pw'`)
    await database.query(`CREATE SCHEMA closed; CREATE TABLE closed.t (a int DEFAULT 3 CHECK (a > 1));
      CREATE VIEW closed.v AS SELECT a FROM closed.t; CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
      CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 's3cret')`)
    await database.query(`GRANT USAGE ON SCHEMA devflow TO ${planner.name};
      GRANT SELECT ON devflow.schema_migrations, devflow.migration_history, devflow.schema_snapshots TO ${planner.name}`)
    await schema.record()
    const unquoted = (name: string) => name.slice(1, -1)
    await using reader = await aSession(asUser(database.url, unquoted(planner.name), 'r0le-pw'))
    expect(await compareOn(reader)).toEqual(await schema.compare())
    expect((await compareOn(reader)).state).toBe('same')
    await using other = await aSession(asUser(database.url, unquoted(stranger.name), 'r0le-pw'))
    expect(await compareOn(other)).toEqual({
      state: 'unreadable',
      reason: expect.stringMatching(/permission denied/),
      changes: [],
      count: 0,
    })
  })

  it('does not wait for a table that somebody has locked, and holds no lock afterwards', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(`${tables} ALTER TABLE users ADD CHECK (id > 0)`)
    await schema.record()
    await using other = await aClient(database.url)
    await other.query('BEGIN; LOCK TABLE users')
    const started = performance.now()
    expect(await schema.compare()).toMatchObject({
      state: 'unreadable',
      reason: expect.stringMatching(/lock timeout/),
    })
    // Without a limit it would wait until the other one ends.
    expect(performance.now() - started).toBeLessThan(30_000)
    await other.query('ROLLBACK')
    expect((await schema.compare()).state).toBe('same')
    expect(
      await database.query(
        `SELECT relation::regclass FROM pg_locks WHERE pid = $1 AND locktype = 'relation' AND relation >= 16384`,
        [schema.session.processId],
      ),
    ).toEqual([])
  })

  it('leaves the session as it was', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    const settings = () =>
      schema.session.send(
        "SELECT name, setting FROM pg_catalog.pg_settings WHERE name NOT LIKE 'devflow.%' ORDER BY 1",
      )
    const before = await settings()
    await schema.record()
    await schema.compare()
    expect(await settings()).toEqual(before)
  })

  it('brings names back as they are, whatever they hold', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await schema.record()
    const names = [
      'tab\there',
      'line\nbreak',
      'back\\slash',
      'quote"d',
      "it's",
      '$devflow$',
      'é😀',
      'n\\n',
      'json',
      'a"b"c',
      '::x',
    ]
    for (const name of names) await database.query(`CREATE TABLE "${name.replaceAll('"', '""')}" (a int)`)
    const shown = (name: string) =>
      /^[a-z]+$/.test(name) ? `public.${name}` : `public."${name.replaceAll('"', '""')}"`
    expect(changesOf(await schema.compare()).sort()).toEqual(
      names.map((name) => `added table ${shown(name)}`).sort(),
    )
    await schema.record()
    expect((await schema.compare()).state).toBe('same')
    for (const name of names)
      await database.query(
        `ALTER TABLE "${name.replaceAll('"', '""')}" ADD "${name.replaceAll('"', '""')}" int`,
      )
    expect((await schema.compare()).count).toBe(names.length)
  })

  it('tells of the first hundred, and how many there are', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await schema.record()
    await database.query(
      `DO $$ BEGIN FOR i IN 1..130 LOOP EXECUTE format('CREATE TABLE t%s (a int)', i); END LOOP; END $$`,
    )
    const { changes, count } = await schema.compare()
    expect([changes.length, count]).toEqual([100, 130])
  })
})

it('is not made where nothing can have been recorded', () => {
  expect(schemaDriftQuery(nowhere, [])).toBe('')
  for (const version of [0, 1, 2, 3]) expect(schemaDriftQuery({ ...nowhere, version }, [])).toBe('')
})
