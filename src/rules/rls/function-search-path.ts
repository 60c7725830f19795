import { showName } from '../../sql/relation-name.js'
import type { KnownFunction } from '../known/known.js'
import type { Rule } from '../rule.js'

export const functionSearchPath: Rule = {
  id: 'function-search-path',
  group: 'rls',
  title: 'A function without `SET search_path`',
  why: "Names in its body are looked up along the caller's `search_path`: the same function finds other tables, or none, depending on who calls it, in triggers and policies too.",
  instead:
    "Fix the path and qualify the names in the body:\n\n```sql\ncreate function public.touch() returns trigger language plpgsql set search_path = '' as $$ … $$;\n```\n\nA function in SQL that sets it is no longer inlined into queries.",
  levels: { development: 'notice', staging: 'warn', production: 'warn' },
  needsApi: true,
  examples: {
    bad: ['create function one() returns int language plpgsql as $$ begin return 1; end $$;'],
    good: [
      "create function one() returns int language plpgsql set search_path = '' as $$ begin return 1; end $$;",
      'create function one() returns int language plpgsql as $$ begin return 1; end $$; alter function one() set search_path = public;',
    ],
  },
  *conclude({ known }) {
    for (const functions of known.functions.values()) {
      for (const each of functions) {
        if (!isOpen(each)) continue
        yield {
          message: `Function ${showName([each.schema, each.name])} looks names up along the search_path of whoever calls it.`,
          help: "Add SET search_path = '' and qualify the names in the body.",
          file: each.file,
          span: each.span,
        }
      }
    }
  },
}

/** `security-definer-search-path` is about those that run as their owner; names in BEGIN ATOMIC are looked up once for all. */
function isOpen({ isNew, setsSearchPath, securityDefiner, language, definition }: KnownFunction): boolean {
  const isBound = definition.sql_body !== undefined || language === 'c' || language === 'internal'
  return isNew && !setsSearchPath && !securityDefiner && !isBound
}
