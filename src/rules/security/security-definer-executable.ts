import { showName } from '../../sql/relation-name.js'
import { stringsOf } from '../../sql/tree.js'
import type { KnownFunction } from '../known/known.js'
import type { Rule } from '../rule.js'

export const securityDefinerExecutable: Rule = {
  id: 'security-definer-executable',
  group: 'security',
  title: 'SECURITY DEFINER function that everyone may call',
  why: "PostgreSQL gives EXECUTE on a new function to PUBLIC. One that runs with its owner's rights is then a door for every role that can reach its schema; behind an API, for everyone on the internet.",
  instead: `Revoke it and grant it to who needs it, in the same file:

\`\`\`sql
revoke execute on function public.purge() from public;
grant execute on function public.purge() to app;
\`\`\``,
  levels: { development: 'off', staging: 'warn', production: 'warn' },
  examples: {
    bad: [
      "create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;",
    ],
    good: [
      "create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$; revoke execute on function f() from public;",
      "create function f() returns trigger language plpgsql security definer set search_path = '' as $$ begin return new; end $$;",
    ],
  },
  *conclude({ known, judging: { apiSchemas } }) {
    for (const each of [...known.functions.values()].flat()) {
      if (!each.isNew || !each.securityDefiner || each.revokedFromPublic || isForTriggers(each)) continue
      if (apiSchemas.length > 0 && !apiSchemas.includes(each.schema)) continue
      const name = showName(each.schema === 'public' ? [each.name] : [each.schema, each.name])
      yield {
        file: each.file,
        span: each.span,
        message: `Everyone may call ${name}(), which runs with its owner's rights.`,
        help: `Add REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC; and GRANT EXECUTE to the roles that need it.`,
      }
    }
  },
}

/** The server refuses to call it in any other way. */
function isForTriggers({ definition }: KnownFunction): boolean {
  const type = stringsOf(definition.returnType?.names).at(-1)
  return type === 'trigger' || type === 'event_trigger'
}
