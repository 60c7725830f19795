import { lex } from '../lex.js'
import type { Statement } from '../open-parser.js'
import { nodeAs, stringsOf, treeAs } from '../tree.js'
import { readLiteral } from './literal.js'
import type { Source } from './source.js'

/** The body that a CREATE FUNCTION or DO holds. */
export interface FoundBody {
  /** Lower-case. */
  readonly language: string
  /** In quotes. Without a place where it is written in a way that is not known here. */
  readonly quoted?: { readonly text: string; readonly source?: Source }
  /** BEGIN ATOMIC … END, or RETURN. */
  readonly isStandard: boolean
}

export function findBody(source: Source, statement: Pick<Statement, 'node' | 'tree' | 'span'>): FoundBody {
  const create = treeAs(statement, 'CreateFunctionStmt')
  const options = optionsOf(create?.options ?? treeAs(statement, 'DoStmt')?.args)
  const text = options.get('as')?.[0]
  const isStandard = create?.sql_body !== undefined
  const language = options.get('language')?.[0] ?? (isStandard ? 'sql' : 'plpgsql')
  if (text === undefined) return { language: language.toLowerCase(), isStandard }
  const own = literalSaying(source, statement.span.start, statement.span.end, text)
  return { language: language.toLowerCase(), isStandard, quoted: { text, ...(own && { source: own }) } }
}

function optionsOf(options: readonly unknown[] | undefined): ReadonlyMap<string, readonly string[]> {
  const given = (options ?? []).flatMap((node) => nodeAs(node, 'DefElem') ?? [])
  return new Map(
    given.map(({ defname, arg }) => [
      defname ?? '',
      stringsOf(nodeAs(arg, 'List')?.items ?? (arg ? [arg] : [])),
    ]),
  )
}

function literalSaying(source: Source, start: number, end: number, text: string): Source | undefined {
  for (const piece of lex(source.text, start)) {
    if (piece.start >= end) break
    if (piece.kind !== 'string' && piece.kind !== 'dollar-string') continue
    const said = readLiteral(source, piece.start)
    if (said?.text === text) return said
  }
  return undefined
}
