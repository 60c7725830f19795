import type { Made, Name, Reach, ReachedUse } from '../../model/reach.js'
import type { DynamicExecute } from '../bodies/describe-dynamic.js'
import type { Parser } from '../open-parser.js'
import { mergeReach } from './merge-reach.js'
import { reachOfStatement } from './reach-of-statement.js'

/**
 * What an EXECUTE sets in motion whose text is made while it runs. Where nothing but quoted names and values is put into
 * it, its text is known but for those: what it alters is as good as known, what it writes to or calls is not.
 *
 * @param tree of `DynamicExecute`
 */
export function reachOfDynamic(parser: Parser, tree: object): Reach {
  const text = templateOf(tree as DynamicExecute)
  const parsed = text === undefined ? undefined : parser.parse(text)
  if (parsed?.kind !== 'statements') return { unknown: [UNTOLD] }
  if (parsed.statements.some(({ node }) => OPAQUE.has(node))) return { unknown: [UNTOLD] }
  const { makes = [], creates = [], ...reach } = mergeReach(parsed.statements.map(reachOfStatement))
  return {
    ...reach,
    ...(makes.length > 0 ? { makes: makes.map(ofAny) } : {}),
    ...(creates.length > 0 ? { creates: creates.map(anyName) } : {}),
    ...(isTold(reach) && makes.every((made) => isTold(made.reach())) ? {} : { unknown: [UNTOLD] }),
  }
}

const UNTOLD = 'it can not be told what EXECUTE runs, whose text is made while it runs'

/** Their text is in them. */
const OPAQUE: ReadonlySet<string> = new Set(['DoStmt', 'CreateFunctionStmt', 'CallStmt', 'ExecuteStmt'])

/** A name that nobody has, and that needs no quotes. */
const ANY = '…'

function templateOf({ text, concatenates, usesFormat }: DynamicExecute): string | undefined {
  if (text === undefined || concatenates) return undefined
  if (!usesFormat) return text
  // `%s` puts in any text.
  if (/%(?!%|(?:\d+\$)?-?\d*[IL])/.test(text.replaceAll('%%', ''))) return undefined
  return text
    .replaceAll('%%', '\0')
    .replaceAll(/%(?:\d+\$)?-?\d*I/g, ANY)
    .replaceAll(/%(?:\d+\$)?-?\d*L/g, `'${ANY}'`)
    .replaceAll('\0', '%')
}

function isTold({ calls = [], uses = [] }: Reach): boolean {
  const names = [
    ...calls.flatMap(({ name, argument = '', serialOf = '' }) => [...name, argument, serialOf]),
    ...uses.filter(isWrite).flatMap(({ relation }) => relation),
  ]
  return !names.some((name) => name.includes(ANY))
}

/** What is made for a name that is not known may be for any. */
function ofAny(made: Made): Made {
  return { ...made, name: anyName(made.name), ...(made.part ? { part: anyName(made.part) } : {}) }
}

function anyName(name: Name): Name {
  return name.some((part) => part.includes(ANY)) ? ['*'] : name
}

function isWrite({ does }: ReachedUse): boolean {
  return does !== 'read' && does !== 'alter'
}
