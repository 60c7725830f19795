import { describeRule } from '../describe-rule.js'

describeRule('untrusted-language', {
  bad: [
    {
      sql: '⟦create function s.f() returns int language plpython3u as $$ return 1 $$⟧;',
      message: 's.f() is written in plpython3u, which no permission of the database binds.',
      severity: 'error',
    },
    { sql: "⟦create function f() returns int as 'lib', 'f' language C⟧;" },
    { sql: '⟦create extension plperlu⟧; ⟦create language pltclu⟧; ⟦do language plperlu $$ 1 $$⟧;' },
  ],
  good: [
    'create function f() returns int language sql as $$ select 1 $$;',
    'do $$ begin end $$;',
    'create extension plperl;',
    'create extension hstore;',
  ],
})
