import { describeRule } from '../describe-rule.js'

describeRule('add-column-volatile-default', {
  bad: [
    {
      sql: 'alter table orders ⟦add column token uuid default gen_random_uuid()⟧;',
      message:
        'Adding column token to orders rewrites the whole table, because gen_random_uuid() gives each row a value of its own.',
      help: 'ALTER COLUMN token SET DEFAULT gen_random_uuid()',
      severity: 'warning',
    },
    {
      sql: 'ALTER TABLE "user"\n  SET LOGGED,\n  ⟦ADD "Code" int DEFAULT 1 + (random() * 5)::int⟧;',
      message:
        'Adding column "Code" to "user" rewrites the whole table, because random() gives each row a value of its own.',
    },
    {
      sql: 'alter table orders ⟦add code text default app.next_code()⟧;',
      message:
        'Adding column code to orders rewrites the whole table if app.next_code() is volatile, which the files do not tell.',
      help: /IMMUTABLE or STABLE\. If it is: add the column without a default/,
    },
    { sql: 'alter table orders ⟦add id uuid default extensions.uuid_generate_v4()⟧;' },
    { sql: "alter table orders ⟦add n bigint default nextval('s')⟧;" },
    { sql: 'alter table orders ⟦add at timestamptz default pg_catalog.clock_timestamp()⟧;' },
    { sql: 'alter table orders ⟦add a int[] default array[1, random()::int]⟧, add b int;' },
    {
      sql: "create function f() returns int language plpgsql as 'begin return 1; end'; alter table orders ⟦add a int default f()⟧;",
      message:
        'Adding column a to orders rewrites the whole table, because f() gives each row a value of its own.',
    },
    {
      sql: "create function f() returns int language sql as 'select 1'; alter table orders ⟦add a int default f()⟧;",
      message:
        'Adding column a to orders rewrites the whole table if f() is volatile, which the files do not tell.',
    },
    {
      sql: 'create domain cents as int check (value >= 0); alter table orders ⟦add fee cents⟧;',
      message:
        'Adding column fee to orders rewrites the whole table, because its type is a domain with constraints.',
    },
    {
      postgres: 10,
      sql: 'alter table orders ⟦add a int default 10⟧;',
      message: 'Adding column a to orders rewrites the whole table: before PostgreSQL 11 any default does.',
    },
    { sql: 'do $$ begin alter table orders ⟦add a float default random()⟧; end $$;' },
  ],
  good: [
    'alter table orders add a int default 10 not null;',
    'alter table orders add a timestamptz default now();',
    "alter table orders add a timestamptz not null default now() - interval '100 years';",
    'alter table orders add a date default current_date, add b text default current_user;',
    "alter table orders add a text default lower('A'), add b text[] default array['a']::text[];",
    'alter table orders add a text default pg_catalog.upper($$a$$);',
    'alter table orders add a float8, alter a set default random();',
    'create table t (id uuid default gen_random_uuid()); alter table t add b uuid default gen_random_uuid();',
    "create function f() returns int language sql immutable as 'select 1'; alter table orders add a int default f();",
    'create domain cents as int; alter table orders add fee cents default 0;',
    'create domain cents as int check (value > 0); alter table orders add fee cents[];',
    'alter table pg_temp.orders add a float default random();',
    { postgres: 11, sql: 'alter table orders add a int default 10;' },
    { postgres: 10, sql: 'alter table orders add a int default null;' },
    { class: 'development', on: [], sql: 'alter table orders add a float default random();' },
    'create function f() returns void language plpgsql as $$ begin alter table orders add a float default random(); end $$;',
  ],
})
