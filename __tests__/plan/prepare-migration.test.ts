import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Tracking } from '../../src/model/target.js'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { openParser, type Parser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'

let parser: Parser
beforeAll(async () => {
  parser = await openParser()
})

const noTransaction = { directives: { noTransaction: true } }
const prepare = (text: string, overrides = {}, tracking?: Tracking) =>
  prepareMigration(parser, aMigration({ text, ...overrides }), tracking)
const sentBy = (text: string, overrides = {}, tracking?: Tracking) =>
  prepare(text, overrides, tracking).runnable.text
const at = (schema: string, version: Tracking['version'] = 1, table = 'schema_migrations'): Tracking => ({
  schema,
  table,
  version,
})
const rulesOf = (text: string, overrides = {}) => prepare(text, overrides).findings.map(({ rule }) => rule)

describe('a file ready to be sent', () => {
  it('is its statements, in a transaction', () => {
    const text = '-- head\ncreate table a ();\n\ninsert into a default values'
    const { runnable, findings } = prepare(text)
    expect(findings).toEqual([])
    expect(runnable).toMatchObject({ text, mode: 'transaction' })
    expect(runnable.statements?.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'create table a ()',
      'insert into a default values',
    ])
  })

  it.each([
    ['create table a ();', undefined],
    [
      "set local lock_timeout = '500ms'; create table a (); set lock_timeout = 5000; reset lock_timeout;",
      500,
    ],
    ["begin; set lock_timeout to '2s'; create table a (); commit;", 2_000],
    ["select pg_catalog.set_config('lock_timeout', '1min', true); set lock_timeout = 0;", 60_000],
    ["-- devflow:no-transaction\nset lock_timeout = '1.5s'; vacuum;", 1_500],
    // Less than a millisecond is none to the server.
    ["set lock_timeout = '100us'; set statement_timeout = 50; create table a ();", undefined],
    [`${`insert into a values ('${'x'.repeat(1_000_000)}');`.repeat(9)} set local lock_timeout = 40;`, 40],
  ])('knows the shortest lock_timeout that it sets itself (%#)', (text, expected) => {
    expect(prepare(text).runnable.ownLockMs).toBe(expected)
  })

  it('may be empty', () => {
    for (const text of ['', '-- nothing\n', ';;\n']) {
      expect(prepare(text)).toMatchObject({ findings: [], runnable: { statements: [], mode: 'transaction' } })
    }
  })

  it('is without its outer BEGIN and COMMIT, every position as in the file', () => {
    for (const [begin, commit] of [
      ['BEGIN;', 'COMMIT;'],
      ['begin transaction;', 'end;'],
      ['START TRANSACTION;', 'COMMIT WORK'],
    ]) {
      const text = `-- é😀\n${begin}\ncreate table a ();\n${commit}\n`
      const { runnable, findings } = prepare(text)
      expect(findings).toEqual([])
      expect(runnable.mode).toBe('transaction')
      expect(runnable.text).toHaveLength(text.length)
      expect(
        runnable.text
          .replaceAll(';', '')
          .trim()
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ).toEqual(['-- é😀', 'create table a ()'])
      expect(runnable.text.indexOf('create')).toBe(text.indexOf('create'))
    }
  })

  it('ends where its down section begins', () => {
    const text = 'create table a ();\n-- migrate:down\ndrop table a;\n'
    const end = text.indexOf('-- migrate')
    expect(prepare(text, { up: { start: 0, end } }).runnable).toMatchObject({ text: text.slice(0, end) })
  })

  it('runs outside a transaction where a statement must, or where it says so', () => {
    const { runnable } = prepare(
      'create index concurrently "I x" on "S".t (a);\nselect 1;\nalter type e add value \'x\';',
    )
    expect(runnable).toMatchObject({
      mode: 'no-transaction',
      statements: [
        {
          outside: 'CREATE INDEX CONCURRENTLY',
          trace: { kind: 'builds-index', table: '"S"."t"', index: 'I x' },
        },
        {},
        { addsEnumValue: 'x' },
      ],
    })
    expect(prepare('select 1', noTransaction).runnable.mode).toBe('no-transaction')
    expect(prepare('create index i on t (a)').runnable.statements?.[0]).not.toHaveProperty('trace')
    expect(prepare(`alter type e rename value 'x' to 'y'`).runnable.statements?.[0]).not.toHaveProperty(
      'addsEnumValue',
    )
  })
})

describe('what stands against a file', () => {
  it('is a syntax error, at its place, with the line and a caret', () => {
    const [finding] = prepare('select 1;\n\nselect é frmo t x y;\n').findings
    expect(finding).toMatchObject({
      rule: 'syntax-error',
      severity: 'error',
      file: 'migrations/01_users.sql',
      position: { line: 3 },
      message: expect.stringMatching(/^PostgreSQL can not read this: syntax error at or near/),
    })
    expect(finding?.excerpt).toMatch(/^select é frmo t x y;\n\s+\^$/)
    expect(prepare('selec 1').runnable).not.toHaveProperty('statements')
  })

  it('is a name that has become a keyword, and is told so', () => {
    const [finding] = prepare('create table t (id int, system_user text);').findings
    expect(finding?.help).toBe(
      'system_user is a keyword since PostgreSQL 16. Where it is meant as a name, write it in double quotes, which every version takes: "system_user".',
    )
    expect(rulesOf('create table t (id int, "system_user" text);')).toEqual([])
  })

  it('is a byte-order mark that is left when one is cut off', () => {
    expect(prepare('\ufeffselect 1;').findings).toMatchObject([
      { rule: 'syntax-error', position: { line: 1, column: 1 } },
    ])
  })

  it('is transaction control of its own', () => {
    for (const text of [
      'select 1; commit; select 2;',
      'begin; select 1; commit; begin; select 2; commit;',
      'begin; select 1;',
      'select 1; commit;',
      'begin; select 1; rollback;',
      'rollback;',
      'begin isolation level serializable; select 1; commit and chain;',
      "prepare transaction 'x';",
    ]) {
      expect([text, rulesOf(text)]).toEqual([text, ['transaction-control']])
    }
  })

  it('is a statement that can not run in the transaction the file opens', () => {
    expect(prepare('begin;\nvacuum;\ncommit;').findings).toMatchObject([
      {
        rule: 'statement-in-transaction',
        severity: 'error',
        position: { line: 2 },
        message: expect.stringContaining('VACUUM'),
      },
    ])
  })

  it('is not transaction control that a file declares to be its own', () => {
    for (const text of [
      'begin; select 1; commit;',
      'select 1; begin; select 2; rollback; commit;',
      'begin; set transaction isolation level serializable; select 1; commit;',
    ]) {
      const { runnable, findings } = prepare(text, noTransaction)
      expect([text, findings]).toEqual([text, []])
      expect(runnable).toMatchObject({ text, mode: 'no-transaction', alone: true })
    }
    expect(rulesOf('set transaction read only;', noTransaction)).toEqual(['transaction-control'])
  })

  it('is not what only looks like it', () => {
    expect(rulesOf(`create function f() returns int language sql begin atomic; select 1; end;`)).toEqual([])
    expect(rulesOf('savepoint a; select 1; rollback to a; release a;')).toEqual([])
    expect(rulesOf(`do $$ begin commit; end $$;`)).toEqual([])
    expect(rulesOf(`select 'begin; commit;' -- commit;`)).toEqual([])
  })
})

describe('statements that make the tracking tables', () => {
  it.each([
    'create table schema_migrations (version text, checksum text, status text);',
    'create table if not exists schema_migrations (version text, checksum text, status text);',
    'create table public.migration_history (id uuid, version text, action text, executed_at timestamptz);',
    'create table "schema_migrations" (version text, checksum text, status text);',
    'create view migration_status_view as select 1;',
    'create or replace view public.migration_status_view as select 1;',
    'create function get_migration_status() returns int language sql as $$ select 1 $$;',
    'create or replace function public.get_migration_status() returns int language sql as $$ select 1 $$;',
    "comment on table schema_migrations is 'mine';",
    'comment on table public.schema_migrations is null;',
    'create index i on schema_migrations (status);',
    'create unique index i on public.migration_history (id);',
  ])('are left out where they stand in the way: %s', (statement) => {
    const text = `${statement}\nselect 1;`
    const { runnable } = prepare(text, {}, at('public'))
    expect(runnable.statements).toHaveLength(1)
    expect(runnable.text).toHaveLength(text.length)
    expect(runnable.text.replaceAll(';', '').trim()).toBe('select 1')
    expect(sentBy(text)).toBe(text)
    expect(sentBy(text, {}, at('devflow'))).toBe(text)
  })

  it.each([
    'create table devflow.schema_migrations (version text);',
    'create table other.schema_migrations (version text);',
    'create table schema_migrations_old (version text);',
    'create table "Schema_Migrations" ();',
    'create table migration_status_view ();',
    'create view schema_migrations as select 1;',
    'create function other.get_migration_status() returns int language sql as $$ select 1 $$;',
    "comment on column schema_migrations.version is 'x';",
    "comment on view schema_migrations is 'x';",
    'create index if not exists i on schema_migrations (status);',
    'create index i on users (id);',
    'drop table schema_migrations;',
    'create table users ();',
  ])('are sent as they are where they do not: %s', (text) => {
    expect(sentBy(text, {}, at('public'))).toBe(text)
  })

  it('are known by the configured name and schema', () => {
    const tracking = at('app', 0, 'applied')
    expect(
      sentBy('create table app.applied (version text, checksum text, status text);', {}, tracking).trim(),
    ).toMatch(/^;?$/)
    expect(sentBy('create table applied ();', {}, tracking)).toBe('create table applied ();')
    expect(sentBy('create table app.schema_migrations ();', {}, tracking)).toBe(
      'create table app.schema_migrations ();',
    )
  })

  it('have their indexes made where the tables are not there yet', () => {
    const text =
      'create table schema_migrations (version text, checksum text, status text); create index i on schema_migrations (status);'
    expect(sentBy(text, {}, at('public', 'absent'))).toContain('create index i')
    expect(sentBy(text, {}, at('public', 0))).not.toContain('create index i')
  })

  it('are left out inside a file’s own transaction', () => {
    const text =
      'begin; create table schema_migrations (version text, checksum text, status text); create table users (); commit;'
    expect(prepare(text, {}, at('public')).runnable.statements).toHaveLength(1)
  })
})

describe('statements that a migration can not hold', () => {
  const rulesOf = (text: string) => prepare(text).findings.map(({ rule, position }) => [rule, position?.line])

  it.each([
    ['set standard_conforming_strings = off;', 'standard-conforming-strings'],
    ['set standard_conforming_strings = 0;', 'standard-conforming-strings'],
    ['set local standard_conforming_strings to default;', 'standard-conforming-strings'],
    ['reset standard_conforming_strings;', 'standard-conforming-strings'],
    ["select set_config('standard_conforming_strings', 'off', true);", 'standard-conforming-strings'],
    [
      "select pg_catalog.set_config('Standard_Conforming_Strings', null, false);",
      'standard-conforming-strings',
    ],
    [
      "insert into u select * from set_config(new_value => 'OFF'::text, is_local => false, setting_name => 'standard_conforming_strings');",
      'standard-conforming-strings',
    ],
    ['set transaction isolation level serializable;', 'transaction-control'],
    ['discard all;', 'discard-all'],
    ['create index concurrently on t (n); discard all;', 'discard-all'],
  ])('are refused at their line: %s', (statement, rule) => {
    expect(rulesOf(`select 1;\n${statement}`)).toEqual([[rule, 2]])
  })

  it.each([
    "copy t from '/tmp/x';",
    'copy t to stdout;',
    'set standard_conforming_strings = on;',
    'set standard_conforming_strings = 1;',
    "set local standard_conforming_strings to 'T';",
    "select set_config('standard_conforming_strings', 'on', false);",
    "select set_config('search_path', 'off', false);",
    "select app.set_config('standard_conforming_strings', 'off', false);",
    'set role x;',
    'discard temp;',
  ])('are not these: %s', (text) => {
    expect(rulesOf(text)).toEqual([])
  })
})

describe('a table that only shares a name with the tracking tables', () => {
  it.each([
    'create table migration_history (id int, note text);',
    'create schema app; set search_path = app; create table migration_history (id uuid, version text, action text, executed_at timestamptz);',
  ])('is made: %s', (text) => {
    expect(sentBy(text, {}, at('public'))).toBe(text)
  })
})
