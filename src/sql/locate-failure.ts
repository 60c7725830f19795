import type { Failure } from '../model/outcome.js'
import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { Reply, ServerError } from '../model/session.js'
import { chooseCopyLine } from './copy-line.js'
import { copyRow } from './copy-row.js'
import { excerpt } from './excerpt.js'
import { type Shift, unfilled } from './fill-in.js'
import { findPutOff, type PutOff } from './find-put-off.js'
import { offsetFromCodePoints, positionOf } from './position.js'
import { CHECK_FAILED } from './raise.js'
import { shownText } from './shown-text.js'

/** How a piece of a file stands in a message that was sent. */
export interface MessageLayout {
  readonly sent: string
  /** UTF-16 offset in `sent` at which the piece begins. */
  readonly bodyStart: number
  /** UTF-16 offset in the file at which the piece begins. */
  readonly fileStart: number
  /** UTF-16 length of the piece as it is sent. */
  readonly length: number
  /** Where it is not as the file has it: values were filled in. */
  readonly shifts?: readonly Shift[]
  /** Statements of the message that stand before the piece. */
  readonly statementsBefore: number
  /** Index in the migration's statements of the piece's first one. */
  readonly firstStatement: number
  /** How many statements the piece holds, where that is known. */
  readonly statementCount?: number
  /** The statement of an index in the file, where the migration has no list of them. */
  readonly statementAt?: (index: number) => RunnableStatement | undefined
}

/**
 * An error of the server, with the file, line and column it belongs to: from the server's position, else from how many
 * statements were done before it.
 */
export function locateFailure(reply: Reply, migration: RunnableMigration, layout: MessageLayout): Failure {
  const error: ServerError = reply.error ?? {
    code: 'XX000',
    message: 'the server gave no reason',
    fatal: false,
  }
  const index = failedStatement(reply, layout)
  const statement = index === undefined ? undefined : statementOf(migration, layout, index)
  const putOff = isPutOff(error, reply, layout) ? findPutOff(error, migration, layout) : undefined
  const row = rowSpan(migration, statement, error)
  const span =
    row ??
    serverSpan(error.characterPosition, layout) ??
    unknownCharacter(error, migration.file.text, layout) ??
    (statement ?? putOff?.statement)?.span
  const hint =
    error.hint ?? hintAgainst(error, migration, statement) ?? hintAround(error, reply, layout, putOff)
  const position = span ? positionOf(migration.file.text, span) : undefined
  return {
    code: error.code,
    message: error.message,
    ...(hint ? { hint } : {}),
    ...(error.context ? { context: error.context } : {}),
    ...(position ? { position } : {}),
    // Rows are data: they are pointed to, not shown.
    ...(position && !row ? { excerpt: excerpt(shownText(migration.file), position) } : {}),
    ...(statement && index !== undefined ? { statement: index + 1 } : {}),
  }
}

/** Whether a statement may run in a transaction the server only tells of some once it runs them: REINDEX of a partitioned table, say. */
function hintAgainst(
  { code }: ServerError,
  { file }: RunnableMigration,
  statement: RunnableStatement | undefined,
): string | undefined {
  if (code !== IN_TRANSACTION || file.directives.noTransaction || !statement) return undefined
  // SET TRANSACTION that comes too late has the same code.
  const { start, end } = statement.span
  return /^\s*SET\b/i.test(file.text.slice(start, end)) ? undefined : DECLARE
}

const IN_TRANSACTION = '25001'
const DECLARE =
  'Declare -- devflow:no-transaction at the top of the file: then each of its statements stands alone. Best put such a statement into a file of its own.'

/**
 * What follows the last statement checks what was put off, and then writes our own record, which raises no such error, but
 * may wait; so may what stands before the first.
 */
function hintAround(
  { code }: ServerError,
  reply: Reply,
  layout: MessageLayout,
  putOff: PutOff | undefined,
): string | undefined {
  if (!layout.statementCount) return undefined
  if (code === LOCK_TIMEOUT && reply.completed < layout.statementsBefore) return OURS
  if (code === LOCK_TIMEOUT && isBehind(reply, layout)) return OURS_OR_PUT_OFF
  if (code === CHECK_FAILED.lock || !isPutOff({ code }, reply, layout)) return undefined
  return putOff ? `${PUT_OFF} ${putOff.isOnly ? ONLY_ONE : LAST_ONE}` : PUT_OFF
}

/** All of the file's statements were done. */
function isBehind({ completed }: Reply, { statementsBefore, statementCount = 0 }: MessageLayout): boolean {
  return statementCount > 0 && completed >= statementsBefore + statementCount
}

/** What one of its statements did was refused then: what a constraint has against it, or that the lock of the run is gone. */
function isPutOff({ code }: Pick<ServerError, 'code'>, reply: Reply, layout: MessageLayout): boolean {
  const isTheirs = code.startsWith('23') || code === 'P0001' || code === CHECK_FAILED.lock
  return isTheirs && isBehind(reply, layout)
}

const LOCK_TIMEOUT = '55P03'

const OURS =
  'Another session holds a lock of the tracking tables, which the record of the file waited for. The file need not change.'
const OURS_OR_PUT_OFF =
  'Its statements were done: what waited was the record of the file in the tracking tables, or a deferred constraint or trigger. Where it was the record, the file need not change.'

const PUT_OFF =
  'Its statements were done: this was raised when what they put off was checked, by a deferred constraint or trigger.'
const ONLY_ONE = 'Shown is the statement that did so, as far as words tell.'
const LAST_ONE = 'Shown is the last of the statements that may have done so.'

/**
 * A character that the database's encoding does not have makes the server refuse a message before it reads it, without a
 * position; its bytes stand in what it says, in every language. The first of them from where the piece begins is meant. Not
 * looked for where it may stand in rows of COPY, which are sent apart and are not shown.
 */
function unknownCharacter(
  { code, message }: ServerError,
  text: string,
  { fileStart }: MessageLayout,
): Span | undefined {
  const bytes = code === '22P05' ? message.match(/0x[0-9a-f]{2}\b/gi) : null
  if (!bytes || /^\\\.\r?$/m.test(text)) return undefined
  const character = Buffer.from(bytes.map(Number)).toString()
  const start = text.indexOf(character, fileStart)
  return start === -1 ? undefined : { start, end: start + character.length }
}

function failedStatement(reply: Reply, layout: MessageLayout): number | undefined {
  // What the parser could not read is one statement of the file, whatever the server sees in it.
  if (layout.statementCount === undefined) return layout.statementAt ? layout.firstStatement : undefined
  const inPiece = reply.unsent ? 0 : reply.completed - layout.statementsBefore
  const known = inPiece >= 0 && inPiece < layout.statementCount
  return known ? layout.firstStatement + inPiece : undefined
}

function statementOf(
  { statements }: RunnableMigration,
  { statementAt }: MessageLayout,
  index: number,
): RunnableStatement | undefined {
  return statements ? statements[index] : statementAt?.(index)
}

/** The row that a COPY … FROM STDIN failed at. */
function rowSpan(
  { file }: RunnableMigration,
  statement: RunnableStatement | undefined,
  { copyLines = [] }: Pick<ServerError, 'copyLines'>,
): Span | undefined {
  if (!statement?.copyData) return undefined
  const { span, copyData } = statement
  const line = chooseCopyLine(copyLines, file.text.slice(span.start, span.end))
  return line === undefined ? undefined : copyRow(file.text, copyData, line)
}

function serverSpan(characterPosition: number | undefined, layout: MessageLayout): Span | undefined {
  if (characterPosition === undefined) return undefined
  const offset = offsetFromCodePoints(layout.sent, characterPosition - 1) - layout.bodyStart
  if (offset < 0 || offset >= layout.length) return undefined
  const { start, end } = unfilled(offset, layout.shifts ?? [])
  return { start: layout.fileStart + start, end: layout.fileStart + end }
}
