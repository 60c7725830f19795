import { describeRule } from '../describe-rule.js'

describeRule('sensitive-column-exposed', {
  bad: [
    {
      sql: '⟦create table members (id bigint, email text, "apiKey" text, password_hash bytea)⟧;',
      message:
        'The API shows "apiKey" and password_hash of public.members to everybody: the table has no row level security.',
      severity: 'error',
    },
    {
      sql: ['create table members (id bigint);', '⟦alter table members add column ssn varchar(11)⟧;'],
      message: 'The API shows ssn of public.members to everybody: the table has no row level security.',
    },
  ],
  good: [
    'create table members (password text); alter table members enable row level security;',
    'create table private.members (password text);',
    'create table members (password_resets int, has_secret boolean, token_count int, secretary text, name text);',
    { sql: 'select 1;', before: 'create table members (password text);' },
  ],
})
