import { describeRule } from '../describe-rule.js'

const definer = (name: string, returns = 'int') =>
  `create function ${name}() returns ${returns} language plpgsql security definer set search_path = '' as $$ begin end $$`

describeRule('security-definer-executable', {
  bad: [
    {
      sql: `⟦${definer('purge')}⟧;`,
      message: "Everyone may call purge(), which runs with its owner's rights.",
      severity: 'warning',
    },
    {
      sql: [`⟦${definer('a')}⟧; ⟦${definer('b.c')}⟧;`, 'revoke execute on function d() from public;'],
      apiSchemas: [],
    },
    { sql: `⟦${definer('a')}⟧; revoke execute on function a() from app;` },
  ],
  good: [
    `${definer('purge')}; revoke execute on function purge() from public;`,
    [`${definer('purge')};`, 'revoke all on all functions in schema public from public;'],
    `${definer('touch', 'trigger')};`,
    `${definer('internal.purge')};`,
    `${definer('purge')}; drop function purge();`,
    { sql: 'select 1;', before: `${definer('purge')};` },
  ],
})
