import { describeRule } from '../describe-rule.js'

const EXECUTE = "execute ⟦'drop table ' || t⟧"

describeRule('not-analysed', {
  bad: [
    {
      sql: `do $$ declare t text; begin ${EXECUTE}; end $$;`,
      message: 'EXECUTE runs a text that is made while it runs, so nothing is known of what it does.',
      severity: 'warning',
    },
    {
      sql: "⟦do language plpython3u 'pass'⟧;",
      message: 'The body of this DO block is in language plpython3u, which is not read.',
      severity: 'warning',
    },
    {
      sql: "⟦create function f() returns int language plv8 as 'return 1'⟧;",
      message: 'The body of this function is in language plv8, which is not read.',
      severity: 'notice',
    },
    { sql: "⟦do language plpython3u 'pass'⟧;", class: 'development', severity: 'notice' },
    {
      sql: 'do $$ begin ⟦selct⟧ 1; end $$;',
      message: 'PostgreSQL can not read the body of this DO block: syntax error at or near "selct".',
      severity: 'error',
      class: 'development',
    },
    {
      sql: 'create function f() returns int language sql as $$ ⟦selec⟧ 1 $$;',
      message: 'PostgreSQL can not read the body of this function: syntax error at or near "selec".',
      severity: 'error',
    },
    {
      sql: '⟦create function f() returns int language plpgsql as $$ begin if x then return 1; end $$⟧;',
      message: 'PostgreSQL can not read the body of this function: syntax error at end of input.',
      severity: 'error',
    },
    {
      sql: 'set check_function_bodies = off; ⟦create function f() returns int language sql as $$ selec 1 $$⟧;',
      message: 'The body of this function could not be read: syntax error at or near "selec".',
      severity: 'notice',
    },
    {
      sql: '⟦create function f(a int) returns int language plpgsql as $$ declare b alias for $2; begin return b; end $$⟧;',
      message: 'The body of this function could not be read: variable "$2" does not exist.',
      severity: 'notice',
    },
  ],
  good: [
    "do $$ begin execute 'alter table t add column a int'; end $$;",
    "create function f(t text) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$;",
    "create function f() returns int language c as 'lib', 'f';",
    "create function f() returns int language internal as 'int4pl';",
    'create function f() returns int language sql as $$ select 1 $$;',
  ],
})
