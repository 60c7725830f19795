import type { Span } from '../model/position.js'
import { splitList, tokens } from './split-list.js'
import { nodeAs, stringsOf, treeAs } from './tree.js'

/** A name in a DROP, with its place. */
export interface DroppedName {
  /** `['public', 'orders']` */
  readonly parts: readonly string[]
  readonly span: Span
}

/** The tables that a DROP TABLE names; none of any other statement. */
export function droppedTables(
  statement: { readonly node: string; readonly tree: object; readonly span: Span },
  text: string,
): DroppedName[] {
  const tree = treeAs(statement, 'DropStmt')
  if (tree?.removeType !== 'OBJECT_TABLE') return []
  const names = (tree.objects ?? []).map((object) => stringsOf(nodeAs(object, 'List')?.items))
  const spans = splitList(text, afterKeywords(text, statement.span, tree.missing_ok === true))
  return names.map((parts, index) => ({
    parts,
    span: nameSpan(text, spans.length === names.length ? spans[index] : undefined) ?? statement.span,
  }))
}

/** What follows `DROP TABLE IF EXISTS`. */
function afterKeywords(text: string, span: Span, ifExists: boolean): Span {
  let left = ifExists ? 4 : 2
  for (const { end } of tokens(text, span)) {
    left--
    if (left === 0) return { start: end, end: span.end }
  }
  return { start: span.end, end: span.end }
}

/** The name at the start of a part, without the CASCADE that follows the last. */
function nameSpan(text: string, part: Span | undefined): Span | undefined {
  if (!part) return undefined
  let end = part.start
  let dotted = true
  for (const piece of tokens(text, part)) {
    const isDot = text.slice(piece.start, piece.end) === '.'
    if (!isDot && !dotted) break
    dotted = isDot
    end = piece.end
  }
  return { start: part.start, end }
}
