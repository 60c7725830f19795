import type { Span } from '../../model/position.js'
import type { Parser, Statement } from '../open-parser.js'
import { nodeAs, treeAs } from '../tree.js'
import { type BodyStatement, unreadBody } from './body-statement.js'
import { composeFragments, type Fragment } from './compose-fragments.js'
import { constantText } from './constant-text.js'
import { describeDynamic } from './describe-dynamic.js'
import { parseSource, type SourceStatement } from './parse-source.js'
import type { PlacedFragment } from './place-fragments.js'
import { pinnedSource, type Source } from './source.js'

/** How a body is read. */
export interface Reading {
  readonly parser: Parser
  readonly within: BodyStatement['within']
  readonly language: string
  /** Reads a CREATE FUNCTION or DO that the body itself holds. */
  inner(source: Source, holder: Pick<Statement, 'node' | 'tree' | 'span'>): Iterable<BodyStatement>
}

/** The statements that fragments of a body are, in its order; what has no place of its own is put at `whole`. */
export function* readFragments(
  reading: Reading,
  body: Source,
  fragments: readonly PlacedFragment[],
  whole: Span,
): Generator<BodyStatement> {
  const placed = fragments.filter((fragment): fragment is Fragment => fragment.place !== undefined)
  yield* readPlaced(
    reading,
    body,
    [...placed].sort((a, b) => a.place.start - b.place.start),
  )
  for (const fragment of fragments) {
    if (fragment.place !== undefined) continue
    const place = { start: 0, end: fragment.query.length }
    yield* readPlaced(reading, pinnedSource(fragment.query, whole), [{ ...fragment, place }])
  }
}

/** All statements of a text. */
export function* readText(reading: Reading, source: Source, whole: Span): Generator<BodyStatement> {
  const parsed = parseSource(reading.parser, source)
  if ('reason' in parsed) {
    yield unreadBody(whole, reading.within, { language: reading.language, reason: parsed.reason })
    return
  }
  for (const statement of parsed.statements)
    yield* readOne(reading, source, statement, source.spanOf(statement.span))
}

function* readPlaced(
  reading: Reading,
  body: Source,
  fragments: readonly Fragment[],
): Generator<BodyStatement> {
  const { source, spans } = composeFragments(body, fragments)
  const parsed = parseSource(reading.parser, source)
  if ('reason' in parsed) {
    yield* readEach(reading, body, fragments, parsed.reason)
    return
  }
  let at = 0
  for (const statement of parsed.statements) {
    while (at + 1 < spans.length && (spans[at]?.end ?? 0) <= statement.span.start) at++
    const fragment = fragments[at]
    if (!fragment) return
    const read = fragment.kind === 'dynamic' ? readDynamic : readOne
    yield* read(reading, source, statement, body.spanOf(fragment.place))
  }
}

/** One that can not be read hides no other. */
function* readEach(
  reading: Reading,
  body: Source,
  fragments: readonly Fragment[],
  reason: string,
): Generator<BodyStatement> {
  const [first, ...others] = fragments
  if (others.length > 0) for (const each of fragments) yield* readPlaced(reading, body, [each])
  else if (first) {
    yield unreadBody(body.spanOf(first.place), reading.within, { language: reading.language, reason })
  }
}

function* readOne(
  { within, inner }: Reading,
  source: Source,
  statement: SourceStatement,
  span: Span,
): Generator<BodyStatement> {
  const { node, tree, at } = statement
  yield { node, tree, span, within, offsetOf: (location) => source.offsetOf(at(location)) }
  if (node === 'DoStmt' || node === 'CreateFunctionStmt') yield* inner(source, statement)
}

/** @param statement SELECT of what is executed */
function* readDynamic(
  reading: Reading,
  source: Source,
  statement: SourceStatement,
  span: Span,
): Generator<BodyStatement> {
  const node = nodeAs(treeAs(statement, 'SelectStmt')?.targetList?.[0], 'ResTarget')?.val
  const text = constantText({ node, source, at: statement.at })
  const isSql = text !== undefined && 'statements' in parseSource(reading.parser, text)
  if (isSql) yield* readText(reading, text, span)
  else {
    const tree = describeDynamic(node)
    yield { node: 'DynamicExecute', tree, span, within: reading.within, offsetOf: () => span.start }
  }
}
