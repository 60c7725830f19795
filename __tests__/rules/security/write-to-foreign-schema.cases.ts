import { describeRule } from '../describe-rule.js'

describeRule('write-to-foreign-schema', {
  bad: [
    {
      sql: '⟦alter table auth.users add column nick text⟧;',
      message: 'ALTER changes auth.users, which the platform keeps for itself.',
      severity: 'error',
    },
    {
      sql: "⟦insert into storage.objects (name) values ('a')⟧; with x as (⟦delete from auth.sessions returning *⟧) select 1;",
      message: [
        'INSERT changes storage.objects, which the platform keeps for itself.',
        'DELETE changes auth.sessions, which the platform keeps for itself.',
      ],
    },
    {
      sql: '⟦create function auth.role2() returns int language sql as $$ select 1 $$⟧; ⟦drop table auth.users⟧;',
    },
    {
      sql: '⟦drop schema storage cascade⟧;',
      message: 'DROP SCHEMA changes storage, which the platform keeps for itself.',
    },
    {
      sql: "⟦delete from schema_migrations where version = '1'⟧; ⟦truncate devflow.migration_history⟧; ⟦update devflow.other set a = 1 where b = 2⟧;",
      message: [
        'DELETE changes schema_migrations, which the migration tool keeps for itself.',
        'TRUNCATE changes devflow.migration_history, which the migration tool keeps for itself.',
        'UPDATE changes devflow.other, which the migration tool keeps for itself.',
      ],
    },
    {
      sql: '⟦delete from public.schema_migrations where id = 1⟧;',
      before: 'create table if not exists schema_migrations (id int);',
    },
  ],
  good: [
    'create policy p on storage.objects using (true); drop policy q on storage.objects;',
    'create trigger t after insert on auth.users for each row execute function f(); drop trigger u on auth.users;',
    "insert into storage.buckets (id) values ('a');",
    'create schema auth; create table auth.accounts (id int); insert into auth.accounts values (1);',
    {
      sql: 'alter table auth.users add column b int;',
      before: 'create schema auth; create table auth.users (id int);',
    },
    'create table if not exists schema_migrations (id int); create index i on schema_migrations (id);',
    'create table profiles (id uuid references auth.users);',
    'select * from auth.users;',
  ],
})
