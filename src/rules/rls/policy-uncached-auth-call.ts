import type { CreatePolicyStmt, FuncCall } from '@pgsql/types'
import type { Edit, Fix } from '../../model/finding.js'
import type { Span } from '../../model/position.js'
import { tokens } from '../../sql/split-list.js'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { type Visited, walkTree } from '../../sql/walk-tree.js'
import { everywhere } from '../everywhere.js'
import type { Hit, Rule } from '../rule.js'
import { type JudgedPolicy, judgingPolicies } from './judged-policies.js'
import { showPolicy } from './policy-text.js'

export const policyUncachedAuthCall: Rule = {
  id: 'policy-uncached-auth-call',
  group: 'rls',
  title: 'A policy that calls `auth.uid()` for every row',
  why: 'A bare call is made again for each row that a query looks at. In a subquery of its own it is made once a query, which on large tables is the difference between milliseconds and seconds.',
  instead: 'Wrap it: `(select auth.uid())`.',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: ['create policy own on orders using (user_id = auth.uid());'],
    good: ['create policy own on orders using (user_id = (select auth.uid()));'],
  },
  ...judgingPolicies(hitOf),
}

function hitOf(policy: JudgedPolicy): Hit | undefined {
  const calls = uncachedCalls(policy.definition)
  const [first] = calls
  if (!first) return undefined
  const spans = calls.map((call) => spanOf(call, policy))
  const name = stringsOf(first.funcname).join('.')
  const fix = fixOf(policy, spans)
  return {
    message: `${showPolicy(policy.definition)} calls ${name}() again for every row.`,
    help: `Wrap it, so that it is called once a query: (select ${name}(…)).`.replace(
      '(…)',
      first.args ? '(…)' : '()',
    ),
    ...(spans[0] ? { span: spans[0] } : {}),
    ...(fix ? { fix } : {}),
  }
}

function uncachedCalls({ qual, with_check }: CreatePolicyStmt): FuncCall[] {
  const nodes = [...walkTree([qual, with_check], (visited) => !isCached(visited))]
  return nodes.flatMap(({ node, tree }) => {
    const call = nodeAs({ [node]: tree }, 'FuncCall')
    return call && isAuthCall(call) ? [call] : []
  })
}

/** A subquery without a table and without a column of one around it: PostgreSQL runs it once. */
function isCached({ node, tree }: Visited): boolean {
  const select = nodeAs(nodeAs({ [node]: tree }, 'SubLink')?.subselect, 'SelectStmt')
  if (!select || select.fromClause) return false
  return ![...walkTree(select)].some((visited) => visited.node === 'ColumnRef')
}

/** Its arguments, where it has any, must not depend on the row. */
function isAuthCall({ funcname, args = [] }: FuncCall): boolean {
  const [name = '', schema] = stringsOf(funcname).toReversed()
  const isKnown = schema === 'auth' ? AUTH.has(name) : name === 'current_setting'
  return isKnown && args.every((each) => nodeAs(each, 'A_Const') !== undefined)
}

const AUTH: ReadonlySet<string> = new Set(['uid', 'jwt', 'role', 'email'])

/** From the first word of its name to the parenthesis that closes it; undefined where the text is another. */
function spanOf({ location, funcname }: FuncCall, { file, span, offsetOf }: JudgedPolicy): Span | undefined {
  const start = offsetOf(location)
  let written = ''
  for (const { start: from, end } of tokens(file.text, { start, end: span.end })) {
    const sign = file.text.slice(from, end)
    if (sign === ')') return { start, end }
    if (sign === '(') {
      if (written.replaceAll('"', '').toLowerCase() !== stringsOf(funcname).join('.')) return undefined
    } else if (!written.endsWith('(')) written += sign
    if (sign === '(') written += sign
  }
  return undefined
}

function fixOf({ file }: JudgedPolicy, spans: readonly (Span | undefined)[]): Fix | undefined {
  const edits = spans.flatMap((span): Edit[] =>
    span ? [{ span, text: `(select ${file.text.slice(span.start, span.end)})` }] : [],
  )
  if (edits.length < spans.length) return undefined
  return { title: 'Call it once a query', edits: edits.toSorted((a, b) => a.span.start - b.span.start) }
}
