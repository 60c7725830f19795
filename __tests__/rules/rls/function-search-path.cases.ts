import { describeRule } from '../describe-rule.js'

const body = 'language plpgsql as $$ begin return 1; end $$'

describeRule('function-search-path', {
  bad: [
    {
      sql: `select 1;\n⟦create or replace function app.one() returns int ${body}⟧;`,
      message: 'Function app.one looks names up along the search_path of whoever calls it.',
      severity: 'warning',
    },
    { sql: `⟦create function one() returns int ${body}⟧; alter function one() set work_mem = '1MB';` },
    { sql: `⟦create function one() returns int ${body}⟧;`, class: 'development', severity: 'notice' },
  ],
  good: [
    [`create function one() returns int ${body};`, "alter function one() set search_path = '';"],
    `create function one() returns int ${body} set search_path = '';`,
    `create function one() returns int security definer ${body};`,
    'create function one() returns int begin atomic select 1; end;',
    "create function one() returns int language c as 'a', 'b';",
    `create function one() returns int ${body}; drop function one();`,
    { sql: 'select 1;', before: `create function one() returns int ${body};` },
    { sql: `create function one() returns int ${body};`, apiSchemas: [] },
  ],
})
