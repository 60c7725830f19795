import type { Span } from '../model/position.js'
import { blank } from './blank.js'
import { mayBeScript } from './lex-script.js'
import type { Parsed, Parser } from './open-parser.js'
import { LARGEST_TEXT } from './refuse-text.js'
import { type ScannedCommand, type ScannedStatement, scanScript } from './scan-script.js'

/** Some whole statements of a script, as parsed together. */
export interface ParsedUnit extends Span {
  /** As scanned; empty where the text was parsed without a look at its statements. */
  readonly items: readonly (ScannedStatement | ScannedCommand)[]
  /** Every offset is the script's. */
  readonly parsed: Parsed
}

/** A unit is this long, or one statement. The parser needs sixty times as much memory, which it never gives back. */
const UNIT = 64 * 1024

/**
 * Parses a script of any length a few statements at a time, lines of COPY and meta-commands of psql left out of account.
 * Ends with the first unit that has a syntax error. A statement that the parser can not read is a unit of its own.
 */
export function* parseScript(parser: Parser, text: string): Generator<ParsedUnit> {
  if (text.length <= UNIT && !mayBeScript(text)) {
    const parsed = parser.parse(text)
    if (parsed.kind !== 'unreadable') return yield { start: 0, end: text.length, items: [], parsed }
  }
  for (const items of unitsOf(text)) {
    for (const unit of parseItems(parser, text, items)) {
      yield unit
      if (unit.parsed.kind === 'syntax-error') return
    }
  }
}

/** Statements that only change rows. What they are decides how they run. */
export const CHANGES_ROWS: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
])

/** Of these the trees are left empty in a large file: nobody asks what rows they add. */
const ADDS_ROWS: ReadonlySet<string> = new Set(['InsertStmt', 'MergeStmt'])

type Item = ScannedStatement | ScannedCommand

function* unitsOf(text: string): Generator<Item[]> {
  let items: Item[] = []
  for (const item of scanScript(text)) {
    const [first] = items
    if (first && item.span.end - first.span.start > UNIT) {
      yield items
      items = []
    }
    items.push(item)
  }
  if (items.length > 0) yield items
}

function* parseItems(parser: Parser, text: string, items: readonly Item[]): Generator<ParsedUnit> {
  const start = items[0]?.span.start ?? 0
  const last = items.at(-1)
  const bare = text.length > LARGEST_TEXT ? ADDS_ROWS : undefined
  const parsed = parser.parse(sqlOf(text.slice(start, last?.span.end), items, start), bare)
  if (parsed.kind === 'unreadable' && items.length > 1) {
    for (const item of items) yield* parseItems(parser, text, [item])
    return
  }
  yield { start, end: last?.next ?? start, items, parsed: unclosed(parsed, last) ?? shifted(parsed, start) }
}

/** What is SQL in a part of a script, at its place; lines of COPY and meta-commands of psql are spaces. */
export function sqlOf(part: string, items: readonly Item[], start: number): string {
  const foreign = items.flatMap((item) => {
    const span =
      item.kind === 'psql-command' ? item.span : item.copy && { start: item.span.end, end: item.next }
    return span ? [{ start: span.start - start, end: span.end - start }] : []
  })
  return blank(part, [], foreign)
}

/** The statement swallows the rest of the file: too much to be read, but what is wrong is plain. */
function unclosed(parsed: Parsed, item: Item | undefined): Parsed | undefined {
  if (parsed.kind !== 'unreadable' || item?.kind !== 'statement' || item.unclosed === undefined)
    return undefined
  const message = 'what is quoted, or the comment, that begins here is never closed'
  return { kind: 'syntax-error', message, offset: item.unclosed }
}

function shifted(parsed: Parsed, by: number): Parsed {
  if (parsed.kind === 'unreadable' || by === 0) return parsed
  if (parsed.kind === 'syntax-error') return { ...parsed, offset: parsed.offset + by }
  const statements = parsed.statements.map((statement) => ({
    ...statement,
    span: { start: statement.span.start + by, end: statement.span.end + by },
  }))
  return { kind: 'statements', statements, offsetOf: (location) => parsed.offsetOf(location) + by }
}
