import { createHash } from 'node:crypto'
import type { ForeignToolName } from '../../src/model/foreign-tool.js'

/** Three files that all tools can have, and a table as the tool's documentation and source have it. */
export interface History {
  readonly tool: ForeignToolName
  readonly title: string
  /** In the folder `migrations`, in order. */
  readonly files: Readonly<Record<string, string>>
  /** Makes the table, empty. */
  readonly ddl: string
  /** Records the first files as applied, as the tool does. */
  readonly record: (files: readonly (readonly [name: string, text: string])[]) => string
  /** Makes the record of the second file one that the tool does not know to be done; absent where it keeps no such thing. */
  readonly fail?: string
  /** It keeps something that an edited file is told by. */
  readonly checks: boolean
}

const TABLE = ['users', 'books', 'loans'] as const
const statementOf = (index: number) => `create table ${TABLE[index]} (id integer primary key);\n`

function named(
  nameOf: (number: number, table: string) => string,
  textOf: (sql: string, number: number) => string = (sql) => sql,
) {
  return Object.fromEntries(
    TABLE.map((table, index) => [nameOf(index + 1, table), textOf(statementOf(index), index + 1)]),
  )
}

const versionOf = (name: string) => /\d+/.exec(name)?.[0] ?? ''
const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const hex = (algorithm: string, value: string) => createHash(algorithm).update(value).digest('hex')
const each = (
  files: readonly (readonly [string, string])[],
  row: (name: string, text: string, index: number) => string,
) => files.map(([name, sql], index) => row(name, sql, index)).join('\n')

/** CRC-32, bit by bit, of the text without line ends: another way to the same number. */
export function slowCrc(sql: string): number {
  let crc = 0xffffffff
  for (const byte of Buffer.from(sql.replace(/[\r\n]/g, ''))) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) | 0
}

const moment = (number: number, table: string) => `2026010100000${number}_${table}.sql`

function graphileHashes(bodies: readonly string[]): string[] {
  const hashes: string[] = []
  for (const body of bodies)
    hashes.push(`sha1:${hex('sha1', `${`${hashes.at(-1) ?? ''}\n${body.trim()}`.trim()}\n`)}`)
  return hashes
}

const GRAPHILE = graphileHashes(TABLE.map((_, index) => statementOf(index)))

/** One for each tool, with the column types and defaults that it makes. */
export const HISTORIES: readonly History[] = [
  {
    tool: 'flyway',
    title: 'Flyway',
    files: named((number, table) => `V${number}__${table}.sql`),
    ddl: `create table flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200) not null,
      type varchar(20) not null, script varchar(1000) not null, checksum int, installed_by varchar(100) not null,
      installed_on timestamp not null default now(), execution_time int not null, success boolean not null);
      create index flyway_schema_history_s_idx on flyway_schema_history (success);`,
    record: (files) =>
      each(
        files,
        (name, sql, index) =>
          `insert into flyway_schema_history values (${index + 1}, '${versionOf(name)}', 'x', 'SQL', ${text(name)}, ${slowCrc(sql)}, 'deployer', '2025-03-04 05:06:07', 12, true);`,
      ),
    fail: `update flyway_schema_history set success = false where version = '2';`,
    checks: true,
  },
  {
    tool: 'liquibase',
    title: 'Liquibase',
    files: named(
      (number, table) => `0${number}_${table}.sql`,
      (sql, number) => `--liquibase formatted sql\n\n--changeset ann:${number}\n${sql}--rollback select 1;\n`,
    ),
    ddl: `create table databasechangelog (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not null,
      dateexecuted timestamp not null, orderexecuted integer not null, exectype varchar(10) not null, md5sum varchar(35),
      description varchar(255), comments varchar(255), tag varchar(255), liquibase varchar(20), contexts varchar(255),
      labels varchar(255), deployment_id varchar(10));`,
    record: (files) =>
      each(files, (name, sql, index) => {
        const body = sql
          .split('\n')
          .filter((line) => !line.startsWith('--'))
          .join('')
        const inner = `9:${hex('md5', body.replaceAll(' ', ''))}:`
        return `insert into databasechangelog values ('${index + 1}', 'ann', 'db/migrations/${name}', '2025-03-04 05:06:07', ${index + 1}, 'EXECUTED', '9:${hex('md5', inner)}');`
      }),
    fail: `update databasechangelog set exectype = 'FAILED' where id = '2';`,
    checks: true,
  },
  {
    tool: 'prisma',
    title: 'Prisma',
    files: named((number, table) => `2026010100000${number}_${table}/migration.sql`),
    ddl: `create table _prisma_migrations (id varchar(36) primary key not null, checksum varchar(64) not null,
      finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
      started_at timestamptz not null default now(), applied_steps_count integer not null default 0);`,
    record: (files) =>
      each(
        files,
        (name, sql, index) =>
          `insert into _prisma_migrations values (gen_random_uuid()::text, '${hex('sha256', sql)}', timestamptz '2025-03-04 05:06:07Z' + interval '${index} s',
           ${text(name.split('/')[0] ?? '')}, null, null, timestamptz '2025-03-04 05:06:06Z' + interval '${index} s', 1);`,
      ),
    fail: `update _prisma_migrations set finished_at = null, applied_steps_count = 0 where migration_name like '%books';`,
    checks: true,
  },
  {
    tool: 'supabase',
    title: 'Supabase CLI',
    files: named(moment),
    ddl: `create schema supabase_migrations;
      create table supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text);`,
    record: (files) =>
      each(
        files,
        (name, sql) =>
          `insert into supabase_migrations.schema_migrations values ('${versionOf(name)}', array[${text(sql.trim().replace(/;$/, ''))}], 'x');`,
      ),
    checks: true,
  },
  {
    tool: 'dbmate',
    title: 'dbmate',
    files: named(moment, (sql) => `-- migrate:up\n${sql}\n-- migrate:down\nselect 1;\n`),
    ddl: 'create table schema_migrations (version varchar(128) primary key);',
    record: (files) => each(files, (name) => `insert into schema_migrations values ('${versionOf(name)}');`),
    checks: false,
  },
  {
    tool: 'golang-migrate',
    title: 'golang-migrate',
    files: named((number, table) => `00000${number}_${table}.up.sql`),
    ddl: 'create table schema_migrations (version bigint not null primary key, dirty boolean not null);',
    record: (files) => `insert into schema_migrations values (${files.length}, false);`,
    fail: 'update schema_migrations set version = 2, dirty = true;',
    checks: false,
  },
  {
    tool: 'goose',
    title: 'goose',
    files: named(
      (number, table) => `0000${number}_${table}.sql`,
      (sql) =>
        `-- +goose Up\n-- +goose StatementBegin\n${sql}-- +goose StatementEnd\n\n-- +goose Down\nselect 1;\n`,
    ),
    ddl: `create table goose_db_version (id integer primary key generated by default as identity, version_id bigint not null,
      is_applied boolean not null, tstamp timestamp not null default now());
      insert into goose_db_version (version_id, is_applied) values (0, true);`,
    record: (files) =>
      each(
        files,
        (name) =>
          `insert into goose_db_version (version_id, is_applied) values (${Number(versionOf(name))}, true);`,
      ),
    checks: false,
  },
  {
    tool: 'node-pg-migrate',
    title: 'node-pg-migrate',
    files: named(
      (number, table) => `170000000000${number}_${table}.sql`,
      (sql) => `-- Up Migration\n${sql}\n-- Down Migration\nselect 1;\n`,
    ),
    ddl: 'create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null);',
    record: (files) =>
      each(
        files,
        (name) =>
          `insert into pgmigrations (name, run_on) values (${text(name.replace(/\.sql$/, ''))}, now());`,
      ),
    checks: false,
  },
  {
    tool: 'knex',
    title: 'Knex',
    files: named(moment),
    ddl: `create table knex_migrations (id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
      create table knex_migrations_lock (index serial primary key, is_locked integer);`,
    record: (files) =>
      each(
        files,
        (name) =>
          `insert into knex_migrations (name, batch, migration_time) values (${text(name.replace(/\.sql$/, '.js'))}, 1, now());`,
      ),
    checks: false,
  },
  {
    tool: 'graphile-migrate',
    title: 'graphile-migrate',
    files: named(
      (number) => `00000${number}.sql`,
      (sql, number) =>
        `--! Previous: ${GRAPHILE[number - 2] ?? '-'}\n--! Hash: ${GRAPHILE[number - 1]}\n\n${sql}`,
    ),
    ddl: `create schema graphile_migrate;
      create table graphile_migrate.migrations (hash text primary key, previous_hash text references graphile_migrate.migrations,
        filename text not null, date timestamptz not null default now());`,
    record: (files) =>
      each(
        files,
        (name, _, index) =>
          `insert into graphile_migrate.migrations values ('${GRAPHILE[index]}', ${GRAPHILE[index - 1] ? `'${GRAPHILE[index - 1]}'` : 'null'}, ${text(name)});`,
      ),
    checks: true,
  },
  {
    tool: 'atlas',
    title: 'Atlas',
    files: named((number) => `2026010100000${number}.sql`),
    ddl: `create schema atlas_schema_revisions;
      create table atlas_schema_revisions.atlas_schema_revisions (version varchar primary key not null, description varchar not null,
        type bigint not null default 2, applied bigint not null default 0, total bigint not null default 0, executed_at timestamptz not null,
        execution_time bigint not null, error text, error_stmt text, hash varchar not null, partial_hashes jsonb, operator_version varchar not null);
      insert into atlas_schema_revisions.atlas_schema_revisions values ('.atlas_cloud_identifier', 'x', 2, 0, 0, now(), 0, null, null, '', null, 'v1');`,
    record: (files) =>
      each(files, (name, _, index) => {
        const sum = createHash('sha256')
        for (const [before, sql] of files.slice(0, index + 1)) sum.update(before).update(sql)
        return `insert into atlas_schema_revisions.atlas_schema_revisions values ('${versionOf(name)}', '', 2, 1, 1, '2025-03-04 05:06:07Z', 12000000, '', '', '${sum.digest('base64')}', null, 'v1');`
      }),
    fail: `update atlas_schema_revisions.atlas_schema_revisions set applied = 0, error = 'no' where version like '%2';`,
    checks: true,
  },
  {
    tool: 'sqlx',
    title: 'sqlx',
    files: named(moment),
    ddl: `create table _sqlx_migrations (version bigint primary key, description text not null, installed_on timestamptz not null default now(),
      success boolean not null, checksum bytea not null, execution_time bigint not null);`,
    record: (files) =>
      each(
        files,
        (name, sql) =>
          `insert into _sqlx_migrations values (${versionOf(name)}, 'x', '2025-03-04 05:06:07Z', true, '\\x${hex('sha384', sql)}', 12000000);`,
      ),
    fail: `update _sqlx_migrations set success = false, execution_time = -1 where version = 20260101000002;`,
    checks: true,
  },
  {
    tool: 'sqitch',
    title: 'Sqitch',
    files: named((number, table) => `0${number}_${table}.sql`),
    ddl: `create schema sqitch;
      create table sqitch.changes (change_id text primary key, script_hash text unique, change text not null, project text not null,
        note text not null default '', committed_at timestamptz not null default clock_timestamp(), committer_name text not null,
        committer_email text not null, planned_at timestamptz not null, planner_name text not null, planner_email text not null);`,
    record: (files) =>
      each(
        files,
        (name, sql, index) =>
          `insert into sqitch.changes values ('c${index}', '${hex('sha1', sql)}', '${name.replace(/^\d+_|\.sql$/g, '')}', 'shop', '', timestamptz '2025-03-04 05:06:07Z' + interval '${index} s', 'Ann', 'a@b', now(), 'Ann', 'a@b');`,
      ),
    checks: true,
  },
]
