import { describeRule } from '../describe-rule.js'

describeRule('security-definer-search-path', {
  bad: [
    {
      sql: 'create function public.f() returns int language sql\n  ⟦security definer⟧ as $$ select 1 $$;',
      message: "public.f() runs with its owner's rights and looks names up along the caller's search_path.",
      severity: 'error',
    },
    {
      sql: 'create procedure p() language sql ⟦external security definer⟧ set work_mem = 1 as $$ select 1 $$;',
    },
    { sql: 'alter function f() ⟦security definer⟧;' },
    { sql: 'alter function f() ⟦security definer⟧ reset search_path;' },
  ],
  good: [
    "create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;",
    'create function f() returns int language sql security definer as $$ select 1 $$; alter function f() set search_path = pg_catalog;',
    'create function f() returns int language sql security definer as $$ select 1 $$; alter function public.f() security invoker;',
    'create function f() returns int language sql security definer begin atomic select 1; end;',
    'create function f() returns int language sql security invoker as $$ select 1 $$;',
    "create function f() returns int language sql set search_path = '' as $$ select 1 $$; alter function f() security definer;",
  ],
})
