import { describeRule } from '../describe-rule.js'

describeRule('int-column', {
  bad: [
    {
      sql: 'create table users (⟦id integer⟧ generated always as identity, ⟦n Int4⟧, ⟦ids int[]⟧, ⟦s SERIAL⟧);',
      message: [
        'Column id of users is integer, which ends at 2,147,483,647.',
        'Column n of users is integer, which ends at 2,147,483,647.',
        'Column ids of users is integer, which ends at 2,147,483,647.',
        'Column s of users is integer, which ends at 2,147,483,647.',
      ],
      fixed:
        'create table users (id bigint generated always as identity, n bigint, ids bigint[], s bigserial);',
    },
    { sql: 'alter table users add ⟦n int⟧ default 0;', fixed: 'alter table users add n bigint default 0;' },
    {
      sql: 'create table users (⟦a int ARRAY[4]⟧, b text);',
      fixed: 'create table users (a bigint ARRAY[4], b text);',
    },
    { sql: 'alter table users alter column ⟦n type int⟧;', help: 'Write bigint.' },
    { sql: 'create table users (⟦s serial4[]⟧);', help: 'Write bigserial.' },
  ],
  good: [
    'create table users (id bigint, n int8, s bigserial, t serial8, u smallint);',
    'create function f(a int) returns int language sql as $$ select a $$;',
    'create table t (like other, constraint c check (true));',
  ],
})
