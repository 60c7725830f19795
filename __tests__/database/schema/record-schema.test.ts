import { createHash } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { makeDoor } from '../../../src/database/open-session.js'
import { recordSchema } from '../../../src/database/schema/record-schema.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { access, sent } from '../a-session.js'
import { aRecordedSchema, aRole, present } from './a-recorded-schema.js'

eachMajor('a recorded schema', (major) => {
  it('holds a line for each object, and the digest of them that the documentation says', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(`CREATE TABLE users (id bigint PRIMARY KEY, "E\tmail" text DEFAULT E'a\nb');
      INSERT INTO devflow.migration_history (version, action, status) VALUES ('1', 'apply', 'success'), ('2', 'apply', 'success')`)
    await schema.record()
    const [row] = await database.query<{ objects: string; fingerprint: string }>(
      'SELECT * FROM devflow.schema_snapshots',
    )
    expect(row).toMatchObject({
      tool_version: '0.1.0',
      server_major: major,
      schemas: [],
      history_seq: '2',
      recorded_at: expect.any(Date),
    })
    expect(row?.objects).toBe(
      [
        'column\tpublic.users."E\\tmail"\ttable public.users\ttext DEFAULT \'a\\nb\'::text',
        'column\tpublic.users.id\ttable public.users\tbigint NOT NULL',
        'constraint\tusers_pkey on public.users\ttable public.users\tPRIMARY KEY (id)',
        'extension\tplpgsql\t\tVERSION 1.0 SCHEMA pg_catalog',
        'rights\tschema public\tschema public\tPUBLIC=U',
        'schema\tpublic\t\tOWNER pg_database_owner',
        'table\tpublic.users\tschema public\tOWNER postgres\n',
      ].join('\n'),
    )
    expect(row?.fingerprint).toBe(
      `v1:sha256:${createHash('sha256')
        .update(row?.objects ?? '')
        .digest('hex')}`,
    )
  })

  it('is one of the last ten', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    for (let n = 0; n < 12; n++) await schema.record()
    expect(await database.query('SELECT min(id)::int, max(id)::int FROM devflow.schema_snapshots')).toEqual([
      { min: 3, max: 12 },
    ])
  })

  it('is written the same, whatever role and database have set', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(`CREATE TABLE t (a date DEFAULT '2024-03-01', b timestamptz DEFAULT '2024-03-01 10:00+00',
      c interval DEFAULT '1 day 02:03:04', d float8 DEFAULT 0.1, e bytea DEFAULT '\\x00ff', f money DEFAULT 12.5, g text DEFAULT E'a\\\\b')`)
    await schema.record()
    await using other = await aClient(database.url)
    const settings = `SET DateStyle = 'German, DMY'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'Asia/Tokyo';
      SET extra_float_digits = -10; SET bytea_output = 'escape'; SET search_path = public; SET quote_all_identifiers = on;
      SET standard_conforming_strings = off; SET client_min_messages = error; SET row_security = off`
    await other.query(settings)
    await other.query(recordSchema(present, '0.1.0', []))
    const rows = await database.query('SELECT DISTINCT fingerprint, objects FROM devflow.schema_snapshots')
    expect(rows).toHaveLength(1)
    expect(await database.query('SELECT count(*)::int AS n FROM devflow.schema_snapshots')).toEqual([
      { n: 2 },
    ])
  })

  it('that can not be recorded is a warning, and stops nothing', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    const notices: string[] = []
    const door = await makeDoor(database.url, access)
    await using session = await door.open((severity, message) => notices.push(`${severity}: ${message}`))
    await database.query('CREATE TABLE users (id bigint CHECK (id > 0))')
    {
      await using other = await aClient(database.url)
      await other.query('BEGIN; LOCK TABLE users')
      // Its end would be that of the connection, and the lock is waited for longer.
      if (major >= 17) await sent(session, "SET transaction_timeout = '1500ms'")
      expect((await session.send(recordSchema(present, '0.1.0', []))).state).toBe('I')
    }
    await database.query('DROP TABLE devflow.schema_snapshots')
    expect(await session.send(recordSchema(present, '0.1.0', []))).toMatchObject({ state: 'I' })
    await sent(session, 'SET SESSION AUTHORIZATION pg_database_owner')
    expect(await session.send(recordSchema(present, '0.1.0', []))).toMatchObject({ state: 'I' })
    expect(notices).toEqual([
      expect.stringMatching(
        /^WARNING: the schema could not be recorded: canceling statement due to lock timeout/,
      ),
      expect.stringMatching(/^WARNING: the schema could not be recorded: relation .* does not exist/),
      expect.stringMatching(/^WARNING: the schema could not be recorded: permission denied/),
    ])
    expect((await schema.session.send('SELECT 1')).error).toBeUndefined()
  })

  it('holds no option of a foreign server, no body of a function, and nothing that belongs to an extension', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await using role = await aRole(database)
    await database.query(`CREATE EXTENSION pg_trgm; CREATE FOREIGN DATA WRAPPER w OPTIONS (token 's3cret');
      CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (password 's3cret');
      CREATE USER MAPPING FOR ${role.name} SERVER s OPTIONS (password 's3cret');
      CREATE FOREIGN TABLE f (a int OPTIONS (k 's3cret')) SERVER s OPTIONS (password 's3cret');
      CREATE FUNCTION g() RETURNS text LANGUAGE sql AS $$ SELECT 's3cret' $$`)
    await schema.record()
    const lines = await schema.lines()
    expect(lines.filter((line) => line.includes('s3cret'))).toEqual([])
    expect(lines.filter((line) => /trgm|similarity/.test(line))).toEqual([
      expect.stringMatching(/^extension\tpg_trgm\t\tVERSION .* SCHEMA public$/),
    ])
    expect(lines.map((line) => line.split('\t').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining([
        'foreign data wrapper w',
        'server s',
        `user mapping ${role.name.slice(1, -1)} on s`,
        'foreign table public.f',
        'function public.g()',
      ]),
    )
  })

  it('holds what bears the name of something of ours in another schema', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await database.query(`CREATE FUNCTION get_migration_status() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE VIEW migration_status_view AS SELECT 1 AS a; CREATE TABLE schema_snapshots ()`)
    await schema.record()
    expect((await schema.lines()).map((line) => line.split('\t')[1])).toEqual(
      expect.arrayContaining([
        'public.get_migration_status()',
        'public.migration_status_view',
        'public.schema_snapshots',
      ]),
    )
  })

  it('holds nothing of ours, wherever our tables are', async () => {
    await using database = await aDatabase({ major })
    await using schema = await aRecordedSchema(database)
    await schema.record()
    expect(
      (await schema.lines()).filter((line) => /devflow|schema_migrations|migration_/.test(line)),
    ).toEqual([])
    await database.query(`CREATE TABLE devflow.mine (a int); GRANT USAGE ON SCHEMA devflow TO pg_monitor`)
    await schema.record()
    expect((await schema.lines()).filter((line) => line.includes('devflow'))).toEqual([
      expect.stringContaining('column\tdevflow.mine.a'),
      expect.stringContaining('table\tdevflow.mine'),
    ])
  })
})
