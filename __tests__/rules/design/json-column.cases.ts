import { describeRule } from '../describe-rule.js'

describeRule('json-column', {
  bad: [
    {
      sql: "create table users (id integer, ⟦data json⟧ not null default '{}', ⟦more json[]⟧);",
      message: [
        'Column data of users is json, which can not be compared or indexed.',
        'Column more of users is json, which can not be compared or indexed.',
      ],
      fixed: "create table users (id integer, data jsonb not null default '{}', more jsonb[]);",
    },
    {
      sql: 'alter table books add column ⟦data pg_catalog.json⟧;',
      fixed: 'alter table books add column data jsonb;',
    },
    {
      sql: 'alter table books alter column ⟦data set data type json⟧ using data::json;',
      help: 'Write jsonb.',
    },
    { sql: 'create table t (⟦data json⟧);', severity: 'notice' },
  ],
  good: [
    'create table users (data jsonb);',
    'select data::json from users;',
    { sql: 'create table t (data json);', class: 'development', on: [] },
  ],
})
