import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import type { Piece } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { Tracking } from '../model/target.js'
import type { Parser, Statement } from '../sql/open-parser.js'
import { CHANGES_ROWS, type ParsedUnit, parseScript } from '../sql/parse-script.js'
import { LARGEST_TEXT } from '../sql/refuse-text.js'
import { endsOrBegins } from '../sql/transaction-shape.js'
import { setsSearchPath, trackingStatements } from './creates-tracking.js'
import { joinPiece } from './join-piece.js'
import { readStatement } from './read-statement.js'
import { refuseLostCopy, refuseScript } from './refuse-script.js'

/** A file as the parser read it, a few statements at a time. */
export interface ReadScript {
  /** It is larger than what goes into one message. */
  readonly large: boolean
  /** All of them, those of which nothing is to be known without their tree; absent where they are too many to be kept. */
  readonly statements?: readonly Statement[]
  /** What is no SQL: lines of COPY and of psql. Complete where the statements are. */
  readonly foreign: readonly Span[]
  /** By the start of their statement, the lines that each COPY … FROM STDIN reads. Complete where the statements are. */
  readonly copies: ReadonlyMap<number, Span>
  readonly pieces: readonly Piece[]
  /** The first statement, those that begin or end transactions, the last: what the file's transaction shape hangs on. */
  readonly ends: readonly Statement[]
  /** Statements that make the tracking tables again. */
  readonly tracked: readonly Span[]
  /** Statements that the parser could not read, and why, as clauses about "it". */
  readonly unread: readonly { readonly span: Span; readonly reason: string }[]
  readonly syntaxError?: { readonly message: string; readonly offset: number }
  /** What stands against it in psql's own text. */
  readonly findings: readonly Finding[]
}

/** Statements of a file that are kept one by one; of more, each has a place in a piece. */
export const MOST_STATEMENTS = 100_000

/** The same of a large file: it needs them only where it runs outside of a transaction. */
export const MOST_IN_LARGE = 10_000

/** Characters of a large file whose statements are kept with their trees. */
export const MOST_OF_LARGE = 1024 * 1024

/** Findings of one kind in one file: more help nobody. */
export const MOST_FINDINGS = 100

/** Takes a statement while its tree is there; `offsetOf` is from a `location` in the tree to the file's offset. */
export type See = (statement: Statement, offsetOf: (location: number) => number) => void

/**
 * Reads a file's statements in units, so that memory does not grow with what they hold. Pauses after each of them: a
 * large file takes seconds.
 *
 * @param up the part of the file that is applied
 * @param see called with each statement in order, with its tree
 */
export function* readScript(
  parser: Parser,
  file: MigrationFile,
  up: string,
  tracking: Tracking | undefined,
  see: See,
): Generator<undefined, ReadScript> {
  const reading = beginReading(Buffer.byteLength(up) > LARGEST_TEXT)
  for (const unit of parseScript(parser, up)) {
    find(reading, () => unit.items.flatMap((item) => refuseScript(file, item)))
    if (unit.parsed.kind === 'syntax-error') reading.syntaxError = unit.parsed
    else if (unit.parsed.kind === 'unreadable') addUnread(reading, unit, unit.parsed.reason)
    else {
      const { statements, offsetOf } = unit.parsed
      find(reading, () => refuseLostCopy(file, statements, unit.items))
      addUnit(reading, unit, statements, tracking)
      for (const statement of statements) see(statement, offsetOf)
    }
    yield
  }
  const { first, last, controls, kept: _, pathIsKnown: __, statements, ...told } = reading
  const ends = [...new Set([first, ...controls, last])].filter((each) => each !== undefined)
  return { ...told, ends, ...(statements ? { statements } : {}) }
}

interface Reading {
  readonly large: boolean
  statements: Statement[] | undefined
  /** Characters of the statements that are kept with their trees. */
  kept: number
  readonly foreign: Span[]
  readonly copies: Map<number, Span>
  readonly pieces: Piece[]
  first: Statement | undefined
  readonly controls: Statement[]
  last: Statement | undefined
  readonly tracked: Span[]
  /** No statement so far sets the search path. */
  pathIsKnown: boolean
  readonly unread: { readonly span: Span; readonly reason: string }[]
  syntaxError?: { readonly message: string; readonly offset: number }
  readonly findings: Finding[]
}

function beginReading(large: boolean): Reading {
  return {
    large,
    statements: [],
    kept: 0,
    foreign: [],
    copies: new Map(),
    pieces: [],
    first: undefined,
    controls: [],
    last: undefined,
    tracked: [],
    pathIsKnown: true,
    unread: [],
    findings: [],
  }
}

function find({ findings }: Reading, look: () => readonly Finding[]): void {
  if (findings.length < MOST_FINDINGS) findings.push(...look().slice(0, MOST_FINDINGS - findings.length))
}

function addUnread(reading: Reading, unit: ParsedUnit, reason: string): void {
  const span = unit.items[0]?.span ?? { start: unit.start, end: unit.end }
  reading.unread.push({ span, reason })
  addUnit(reading, unit, [{ node: 'Unread', tree: {}, span }], undefined)
}

function addUnit(
  reading: Reading,
  { start, end, items, parsed }: ParsedUnit,
  statements: readonly Statement[],
  tracking: Tracking | undefined,
): void {
  const tracked = tracking ? trackingStatements(statements, tracking, reading.pathIsKnown) : []
  const left = tracked.map(({ span }) => span)
  joinPiece(reading.pieces, {
    start,
    end,
    statements: statements.length - left.length,
    script: items.some(isScript),
    left,
    unread: parsed.kind === 'unreadable',
  })
  reading.tracked.push(...left)
  reading.pathIsKnown &&= !statements.some(setsSearchPath)
  addEnds(reading, statements)
  keep(reading, statements, items, tracked)
}

function isScript(item: ParsedUnit['items'][number]): boolean {
  return item.kind === 'psql-command' || item.copy !== undefined
}

/** Three that begin or end transactions tell as much as all. Savepoints, which do neither, must not take their places. */
function addEnds(reading: Reading, statements: readonly Statement[]): void {
  for (const statement of statements) {
    const isControl = endsOrBegins(statement)
    if (isControl && reading.controls.length < 3) reading.controls.push(statement)
    reading.last = isControl ? statement : withoutTree(statement)
    reading.first ??= reading.last
  }
}

function keep(
  reading: Reading,
  statements: readonly Statement[],
  items: ParsedUnit['items'],
  tracked: readonly Statement[],
): void {
  if (!reading.statements) return
  for (const statement of statements) {
    const changesRows = CHANGES_ROWS.has(statement.node)
    if (!changesRows) reading.kept += statement.span.end - statement.span.start
    const whole = !changesRows && (tracked.includes(statement) || isTelling(statement))
    reading.statements.push(whole ? statement : withoutTree(statement))
  }
  for (const item of items) {
    if (item.kind === 'psql-command') reading.foreign.push(item.span)
    if (item.kind !== 'statement' || !item.copy) continue
    reading.foreign.push({ start: item.span.end, end: item.next })
    reading.copies.set(item.span.start, item.copy.rows)
  }
  const most = reading.large ? MOST_IN_LARGE : MOST_STATEMENTS
  if (reading.statements.length <= most && !(reading.large && reading.kept > MOST_OF_LARGE)) return
  reading.statements = undefined
  reading.foreign.length = 0
  reading.copies.clear()
}

/** How the file runs hangs on what it is. */
function isTelling(statement: Statement): boolean {
  return CONTROLS.has(statement.node) || Object.keys(readStatement(statement)).length > 1
}

const CONTROLS = new Set(['TransactionStmt', 'VariableSetStmt'])

function withoutTree({ span }: Statement): Statement {
  return { node: 'Plain', tree: NO_TREE, span }
}

const NO_TREE = {}
