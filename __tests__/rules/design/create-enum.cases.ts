import { describeRule } from '../describe-rule.js'

describeRule('create-enum', {
  bad: [
    {
      sql: "select 1;\n⟦create type app.status as enum ('active', 'inactive')⟧;",
      message: 'Type app.status is an enum, whose values can be added but never removed.',
    },
    { sql: '-- first\n⟦create type status\n  as enum ()⟧;' },
  ],
  good: [
    'create type status as (name text);',
    "create domain status as text check (value in ('a', 'b'));",
    { sql: "create type status as enum ('a');", on: [] },
  ],
})
