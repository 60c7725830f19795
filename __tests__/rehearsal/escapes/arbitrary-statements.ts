import fc from 'fast-check'

/** Files over the tables of `a-schema.ts`: each a list of statements, of which many escape and some fail. */
export function arbitraryFiles(): fc.Arbitrary<readonly (readonly string[])[]> {
  return fc.array(fc.array(statement, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 })
}

const one = <Item>(...items: readonly Item[]) => fc.constantFrom(...items)

const table = one(
  ...'users items notes log watched taken parts part_1 part_2 years year_1 all_users plain ruled parent child setter set_child with_domain checked other_schema.users2 users2 fresh renamed made public.users public.fresh'.split(
    ' ',
  ),
)
const column = one('id', 'name', 'email', 'a', 'b', 'x', 'key', 'body', 'what', 'at', 'more')
const sequence = one(
  'ids',
  'public.ids',
  '"My Ids"',
  'users_id_seq',
  'log_id_seq',
  'fresh_id_seq',
  'made_ids',
  'items_id_seq',
)
const value = one(
  '1',
  '2',
  'default',
  "'a'",
  'null',
  "nextval('ids')",
  'take()',
  'twice(2)',
  'now()::text',
  '901',
)
const call = fc.oneof(
  sequence.map((name) => `nextval('${name}')`),
  sequence.map((name) => `setval('${name}', 700)`),
  one(
    'take()',
    'one(1)',
    'twice(1)',
    'gen_random_uuid()',
    'made()',
    'count(*)',
    'stepping(1)',
    'total(1)',
    "lo_from_bytea(0, 'a')",
    'pg_advisory_lock(1)',
    'pg_advisory_xact_lock(1)',
    "currval('ids')",
    "setval(pg_get_serial_sequence('fresh', 'id'), 5)",
    "build('select nextval(''ids'')')",
  ),
)

const rows = fc.oneof(
  fc
    .tuple(table, fc.uniqueArray(column, { minLength: 1, maxLength: 2 }), value, value)
    .map(
      ([name, columns, ...values]) =>
        `insert into ${name} (${columns}) values (${values.slice(0, columns.length)})`,
    ),
  fc
    .tuple(table, fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([name, values]) => `insert into ${name} values (${values})`),
  fc.tuple(table, table).map(([into, from]) => `insert into ${into} select * from ${from}`),
  fc.tuple(table, call).map(([into, what]) => `insert into ${into} select ${what}`),
  table.map((name) => `insert into ${name} default values`),
  fc.tuple(table, column, value).map(([name, set, to]) => `update ${name} set ${set} = ${to}`),
  table.map((name) => `delete from ${name}`),
  fc
    .tuple(table, one('', ' restart identity', ' cascade', ' restart identity cascade'))
    .map(([name, how]) => `truncate ${name}${how}`),
  fc
    .tuple(table, call)
    .map(
      ([name, what]) =>
        `merge into ${name} t using (select 1 as one) s on false when not matched then insert values (${what})`,
    ),
  fc
    .tuple(table, column)
    .map(
      ([name, set]) =>
        `merge into ${name} t using (select 1 as one) s on true when matched then update set ${set} = default`,
    ),
  fc
    .tuple(table, column)
    .map(([name, set]) => `with x as (insert into ${name} (${set}) values (1) returning *) select * from x`),
)

const query = fc.oneof(
  call.map((what) => `select ${what}`),
  table.map((name) => `select * from ${name}`),
  one('select n from numbers', 'call proceed()', 'refresh materialized view snap', 'execute p'),
)

const definition = fc.oneof(
  one('fresh', 'made', 'renamed').map(
    (name) => `create table ${name} (id serial, x int, a int default nextval('ids'))`,
  ),
  one('fresh', 'made').map((name) => `create table ${name} (id serial, x int)`),
  table.map((name) => `create table made (like ${name} including all)`),
  table.map((name) => `create table fresh (y int) inherits (${name})`),
  table.map((name) => `create view made as select * from ${name}`),
  table.map((name) => `drop table if exists ${name} cascade`),
  fc
    .tuple(table, one('insert', 'update', 'delete'))
    .map(
      ([name, on]) => `create trigger t_${on} after ${on} on ${name} for each row execute function log_it()`,
    ),
  fc
    .tuple(table, one('insert', 'update', 'delete'))
    .map(
      ([name, on]) => `create rule r_${on} as on ${on} to ${name} do also insert into log (what) values (1)`,
    ),
  table.map((name) => `alter table ${name} rename to renamed`),
  fc
    .tuple(table, column, column)
    .map(([name, from, to]) => `alter table ${name} rename column ${from} to ${to}`),
  fc
    .tuple(table, column, call)
    .map(([name, of, to]) => `alter table ${name} alter column ${of} set default ${to}`),
  fc.tuple(table, call).map(([name, to]) => `alter table ${name} add column more bigint default ${to}`),
  table.map((name) => `alter table ${name} add column more serial`),
  table.map((name) => `alter table ${name} add column more numbered`),
  table.map((name) => `alter table ${name} set schema other_schema`),
  table.map((name) => `alter table ${name} disable trigger all`),
  table.map((name) => `alter table ${name} enable trigger all`),
  fc.tuple(table, column).map(([name, of]) => `create index on ${name} (${of})`),
  fc
    .tuple(sequence, one('restart', 'owned by none', 'increment 2', 'rename to made_ids', 'restart with 5'))
    .map(([name, how]) => `alter sequence ${name} ${how}`),
  one(
    'create sequence made_ids',
    'create temp table users (id serial, name text)',
    'create temp sequence ids',
    'create table year_2 partition of years for values in (2)',
    'alter table parts add column c bigint default 5',
    "create function made() returns bigint language sql as $f$ select nextval('ids') $f$",
    'create function made() returns bigint language plpgsql as $f$ begin insert into users (name) values (1); return 1; end $f$',
    "create or replace function twice(a int) returns int language plpgsql as $f$ begin return nextval('ids'); end $f$",
    'alter function take() rename to made',
    'create table part_3 partition of parts for values in (3)',
    'create table part_3 partition of parts default',
    "prepare p as select nextval('ids')",
    'create materialized view made as select take()',
    "create domain made as int default nextval('ids')",
    'alter schema other_schema rename to moved',
    'drop schema other_schema cascade',
    'set search_path = other_schema, public',
    "select set_config('search_path', 'other_schema', true)",
    'create policy made on watched using (take() > 0)',
    'create event trigger made on ddl_command_end execute function nobody()',
    'analyze users',
    'create role devflow_made',
    "comment on table users is 'x'",
  ),
)

const plain = fc.oneof(
  { weight: 4, arbitrary: rows },
  { weight: 2, arbitrary: query },
  { weight: 4, arbitrary: definition },
)

const block = fc.oneof(
  plain.map((sql) => `do $do$ begin ${sql.replace(/^select /, 'perform ')}; end $do$`),
  plain.map(
    (sql) => `do $do$ begin if now() is null then ${sql.replace(/^select /, 'perform ')}; end if; end $do$`,
  ),
  plain.map((sql) => `do $do$ begin execute '${sql.replaceAll("'", "''")}'; end $do$`),
  plain.map((sql) => `do $do$ declare q text := '${sql.replaceAll("'", "''")}'; begin execute q; end $do$`),
  table.map(
    (name) =>
      `do $do$ begin execute format('create trigger made after insert on %I for each row execute function log_it()', '${name}'); end $do$`,
  ),
  table.map((name) => `do $do$ begin execute format('insert into %I default values', '${name}'); end $do$`),
  plain.map(
    (sql) =>
      `do $do$ begin ${sql.replace(/^select /, 'perform ')}; exception when others then null; end $do$`,
  ),
)

const statement = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 2, arbitrary: block },
  { weight: 1, arbitrary: one('savepoint s', 'rollback to savepoint s') },
  { weight: 1, arbitrary: plain.map((sql) => `explain analyze ${sql}`) },
)
