import type { Span } from '../../model/position.js'
import { lex } from '../lex.js'
import type { PlacedFragment } from './place-fragments.js'
import { composeSource, type Part, type Source } from './source.js'

/** Fragments as one text of whole statements, which is parsed in one go. */
export interface Composed {
  readonly source: Source
  /** Of each fragment, in the text, without the semicolon. */
  readonly spans: readonly Span[]
}

/** A fragment that has a place, as a statement: an expression is read as what SELECT gives. */
export interface Fragment extends PlacedFragment {
  readonly place: Span
}

export function composeFragments(body: Source, fragments: readonly Fragment[]): Composed {
  const parts: Part[] = []
  const spans: Span[] = []
  let length = 0
  for (const fragment of fragments) {
    const own = partsOf(fragment)
    const start = length
    for (const { text } of own) length += text.length
    spans.push({ start, end: length })
    parts.push(...own, { text: ';\n', from: fragment.place.end, width: 0 })
    length += 2
  }
  return { source: composeSource(body, parts), spans }
}

function partsOf({ query, kind, place }: Fragment): Part[] {
  const { start } = place
  const verbatim = (from: number): Part => ({
    text: query.slice(from),
    from: start + from,
    width: query.length - from,
  })
  if (kind === 'statement') return [verbatim(0)]
  const select: Part = { text: 'SELECT ', from: start, width: 0 }
  if (kind === 'assignment') return [select, verbatim(behindOperator(query))]
  if (kind !== 'perform') return [select, verbatim(0)]
  const rest = query.slice(SELECT.length)
  return [
    { text: SELECT, from: start, width: PERFORM.length },
    { text: rest, from: start + PERFORM.length, width: rest.length },
  ]
}

const SELECT = 'SELECT'
const PERFORM = 'PERFORM'

/** `a[f(b = 1)] := …` has an operator before its own. */
function behindOperator(assignment: string): number {
  let depth = 0
  for (const { kind, start, end } of lex(assignment)) {
    if (kind !== 'other') continue
    const sign = assignment[start] ?? ''
    if (sign === '(' || sign === '[') depth++
    else if (sign === ')' || sign === ']') depth--
    else if (depth === 0 && sign === '=') return end
  }
  return 0
}
