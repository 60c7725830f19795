import type { Made, Reach } from '../../model/reach.js'
import type { BodyStatement, UnreadBody } from '../bodies/body-statement.js'
import type { Parser, Statement } from '../open-parser.js'
import { readBodies } from '../read-bodies.js'
import { showName } from '../relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../tree.js'
import { mergeReach } from './merge-reach.js'
import { reachOfDynamic } from './reach-of-dynamic.js'
import { reachOfStatement } from './reach-of-statement.js'
import { reachOfTree } from './reach-of-tree.js'

/**
 * What running a statement sets in motion. The body of a DO block is read at once, that of a function when somebody
 * asks what calling it does.
 *
 * @param text which the statement's span is of
 */
export function readReach(parser: Parser, text: string, statement: Statement): Reach {
  const reach = reachOfStatement(statement)
  if (statement.node === 'DoStmt')
    return mergeReach([reach, reachOfBody(parser, [...readBodies(parser, text, statement)])])
  const made = functionMade(statement, () => {
    return reachOfBody(parser, [...readBodies(parser, text, statement)])
  })
  return made ? mergeReach([reach, { makes: [made] }]) : reach
}

/** Statements of a body one by one; functions that it makes are taken with what they hold. */
function reachOfBody(parser: Parser, statements: readonly BodyStatement[]): Reach {
  const outer = statements[0]?.within
  const ends = innerEnds(statements)
  const merged = mergeReach(
    statements.map((statement, at) => {
      // What a function holds that a block makes runs when it is called.
      if (statement.within !== outer) return {}
      const made = functionMade(statement, () => reachOfBody(parser, statements.slice(at + 1, ends[at])))
      const reach = reachInBody(parser, statement)
      return made ? mergeReach([reach, { makes: [made] }]) : reach
    }),
  )
  // It may be in a branch that is not taken.
  const { drops: _, renews: __, restarts: ___, ...sure } = merged
  return sure
}

/** For each statement, where the next one of the outermost body stands: what is before that belongs to it. */
function innerEnds(statements: readonly BodyStatement[]): readonly number[] {
  const ends: number[] = []
  let next = statements.length
  for (let at = statements.length - 1; at >= 0; at--) {
    ends[at] = next
    if (statements[at]?.within === statements[0]?.within) next = at
  }
  return ends
}

function reachInBody(parser: Parser, statement: BodyStatement): Reach {
  if (statement.node === 'DynamicExecute') return reachOfDynamic(parser, statement.tree)
  if (statement.node !== 'UnreadBody') return reachOfStatement(statement)
  const { language, reason } = statement.tree as UnreadBody
  const why =
    reason === undefined
      ? `it can not be told what code in ${language} does`
      : `the code can not be read: ${reason}`
  return { unknown: [why] }
}

function functionMade(statement: { node: string; tree: object }, body: () => Reach): Made | undefined {
  const create = treeAs(statement, 'CreateFunctionStmt')
  if (!create) return undefined
  const name = stringsOf(create.funcname)
  const options = new Map(
    (create.options ?? []).map((option) => {
      const { defname = '', arg } = nodeAs(option, 'DefElem') ?? {}
      return [defname, nodeAs(arg, 'String')?.sval ?? ''] as const
    }),
  )
  let known: Reach | undefined
  const reach = () => {
    known ??= trusting(options, mergeReach([reachOfTree(create.parameters), body()]))
    return known
  }
  return { kind: 'function', name, where: `in ${showName(name)}()`, reach }
}

/** A function that says it changes nothing is taken at its word where its text does not tell. */
function trusting(options: ReadonlyMap<string, string>, reach: Reach): Reach {
  const volatility = options.get('volatility') ?? 'volatile'
  const language = options.get('language')?.toLowerCase() ?? 'sql'
  if (volatility === 'volatile' || UNTRUSTED.has(language)) return reach
  const { unknown: _, ...told } = reach
  return told
}

/** Languages that no permission of the database binds. */
export const UNTRUSTED: ReadonlySet<string> = new Set(
  'plpython3u plpython2u plpythonu plperlu pltclu plr plsh plrustu pljavau javau plcoffee'.split(' '),
)
