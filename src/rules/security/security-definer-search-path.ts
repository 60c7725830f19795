import { showName } from '../../sql/relation-name.js'
import { stringsOf, treeAs } from '../../sql/tree.js'
import { isMadeAgain, keyOf } from '../is-made-again.js'
import type { Known } from '../known/known.js'
import type { Rule, Seen } from '../rule.js'
import { type FunctionOptions, functionOptions } from './function-options.js'
import { wordAt } from './word-at.js'

export const securityDefinerSearchPath: Rule = {
  id: 'security-definer-search-path',
  group: 'security',
  title: 'SECURITY DEFINER without SET search_path',
  why: "The function runs with its owner's rights but looks names up along the caller's search_path: who calls it can put a table, a function or an operator of theirs before the one that was meant, and it runs as the owner.",
  instead: `Fix the path and qualify the names in the body:

\`\`\`sql
create function public.is_admin() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.admins where id = auth.uid()) $$;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['create function f() returns int language sql security definer as $$ select 1 $$;'],
    good: [
      "create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;",
      "create function f() returns int language sql security definer as $$ select 1 $$; alter function f() set search_path = '';",
      'create function f() returns int language sql as $$ select 1 $$;',
    ],
  },
  *check(statement, context) {
    const { name, definer, setsSearchPath } = changed(statement, context.known)
    if (name === undefined || !definer || setsSearchPath) return
    const key = keyOf(name)
    if (isMadeAgain(context, `search-path:${key}`) || isMadeAgain(context, `security-invoker:${key}`)) return
    const { text } = context.file.file
    const span = wordAt(text, statement.offsetOf(definer.location), /(external\s+)?security\s+definer/iy)
    yield {
      ...(span ? { span } : {}),
      message: `${showName(name)}() runs with its owner's rights and looks names up along the caller's search_path.`,
      help: "Add SET search_path = '' and qualify the names in the body: public.orders.",
    }
  },
}

interface Changed extends Partial<FunctionOptions> {
  readonly name?: readonly string[]
}

function changed(statement: Seen, known: Known): Changed {
  const made = treeAs(statement, 'CreateFunctionStmt')
  if (made) {
    const options = functionOptions(made.options)
    // Names between BEGIN ATOMIC and END are looked up when the function is made, those of C when it was built.
    const isBound = made.sql_body !== undefined || options.language === 'c' || options.language === 'internal'
    return isBound ? {} : { name: stringsOf(made.funcname), ...options }
  }
  const altered = treeAs(statement, 'AlterFunctionStmt')
  if (!altered) return {}
  const name = stringsOf(altered.func?.objname)
  const options = functionOptions(altered.actions)
  const before = known.functions.get(keyOf(name)) ?? []
  const isSet = before.length > 0 && before.every((each) => each.setsSearchPath)
  return { name, ...options, setsSearchPath: options.setsSearchPath || isSet }
}
