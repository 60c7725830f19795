import { describeRule } from '../describe-rule.js'

const ADD = "alter type mood add value 'calm';"

describeRule('enum-value-used-in-same-transaction', {
  bad: [
    {
      sql: `${ADD} update t set m = ⟦'calm'⟧::mood;`,
      message: "The value 'calm' of mood can not be used in the transaction that adds it.",
      help: 'Add the value in a migration of its own, before this one.',
      severity: 'error',
    },
    {
      sql: `${ADD} insert into t (m) values (⟦'calm'⟧);`,
      help: /cast it: ::text/,
      severity: 'warning',
    },
    { sql: `${ADD} alter table t alter m set default ⟦'calm'⟧;` },
    { sql: `${ADD} create table n (m mood default ⟦'calm'⟧);` },
    { sql: `${ADD} create view v as select * from t where m = cast(⟦'calm'⟧ as app.mood);` },
    { sql: `begin; ${ADD} do $$ begin update t set m = ⟦'calm'⟧; end $$; commit;` },
    { sql: `begin; ${ADD} select ⟦'calm'⟧::mood; commit;`, transaction: 'none' },
    { sql: `create type mood as enum ('a'); ${ADD} select ⟦'calm'⟧::mood;`, postgres: 16 },
    {
      sql: "alter type mood add value 'é''s'; ⟦select 'é''s'::mood⟧;",
      message: "The value 'é''s' of mood can not be used in the transaction that adds it.",
    },
    { sql: ["create type mood as enum ('a');", `${ADD} select ⟦'calm'⟧::mood;`], postgres: 18 },
    { before: 'create table t (note text, m mood);', sql: `${ADD} update t set m = ⟦'calm'⟧;` },
  ],
  good: [
    ADD,
    [ADD, "select 'calm'::mood;"],
    { sql: `${ADD} select 'calm'::mood;`, transaction: 'none' },
    `${ADD} commit; select 'calm'::mood;`,
    `select 'calm'::mood; ${ADD}`,
    `${ADD} update t set note = 'calm'::text;`,
    `${ADD} update t set m = 'wild'::mood;`,
    `${ADD} comment on type mood is 'calm';`,
    { before: 'create table t (note text, n int);', sql: `${ADD} update t set note = 'calm';` },
    { sql: `create type mood as enum ('a'); ${ADD} select 'calm'::mood;`, postgres: 17 },
    "create type mood as enum ('calm'); select 'calm'::mood;",
    "alter type mood rename value 'calm' to 'still'; select 'still'::mood;",
    `${ADD} create function f() returns void language plpgsql as $$ begin perform 'calm'::mood; end $$;`,
  ],
})
