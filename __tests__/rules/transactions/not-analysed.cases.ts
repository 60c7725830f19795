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
  ],
  good: [
    "do $$ begin execute 'alter table t add column a int'; end $$;",
    "create function f(t text) returns void language plpgsql as $$ begin execute 'drop table ' || t; end $$;",
    "create function f() returns int language c as 'lib', 'f';",
    "create function f() returns int language internal as 'int4pl';",
    'create function f() returns int language sql as $$ select 1 $$;',
  ],
})
