import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { ServerError } from '../model/session.js'
import { CHECK_FAILED } from './raise.js'
import { tokens } from './split-list.js'
import { type TableName, writtenTables } from './written-tables.js'

/** A statement that was done, and did what was refused behind all of them. */
export interface PutOff {
  readonly statement: RunnableStatement
  /** No other of the file can have done it. */
  readonly isOnly: boolean
}

/** Which of a file's statements the piece of it holds that was sent. */
interface Sent {
  readonly firstStatement: number
  readonly statementCount?: number
}

/**
 * Which statement an error belongs to that was raised once all of the file's were done: of a deferred constraint the last that
 * writes the table it tells of, of a lock that is gone the last that lets go of one. Where none does by its words, the only one
 * that may have.
 */
export function findPutOff(
  error: ServerError,
  { text, statements = [], mode }: RunnableMigration,
  { firstStatement, statementCount = 0 }: Sent,
): PutOff | undefined {
  const within =
    mode === 'transaction' ? statements : statements.slice(firstStatement, firstStatement + statementCount)
  const isUnlocked = error.code === CHECK_FAILED.lock
  const able = within.filter((one) => (isUnlocked ? CALLS : CHANGES).has(firstWord(text, one)))
  const meant = isUnlocked
    ? able.filter((one) => UNLOCKS.test(textOf(text, one)))
    : writers(error, text, able)
  const [only, another] = able
  const statement = meant.at(-1) ?? (another ? undefined : only)
  return statement && { statement, isOnly: meant.length < 2 }
}

const UNLOCKS = /pg_advisory_unlock/i

/** What may run a function, and what changes rows or may call what does. */
const CHANGES = new Set([
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'COPY',
  'WITH',
  'SELECT',
  'CALL',
  'DO',
  'EXECUTE',
])
const CALLS = new Set([...CHANGES, 'VALUES', 'EXPLAIN', 'REFRESH'])

function writers(
  { message, table, constraint }: ServerError,
  text: string,
  within: readonly RunnableStatement[],
) {
  if (!table) return []
  const written = within.map((statement) => ({ statement, tables: writtenTables(text, statement.span) }))
  // Rows that others refer to were deleted: it tells of the table that refers, and names this one too.
  const others = written.filter(({ tables }) =>
    tables.some(({ name }) => name !== table.name && name !== constraint && isQuoted(message, name)),
  )
  const meant =
    others.length > 0 ? others : written.filter(({ tables }) => tables.some((one) => isSame(one, table)))
  return meant.map(({ statement }) => statement)
}

function isSame({ schema, name }: TableName, of: TableName): boolean {
  return name === of.name && (schema === undefined || of.schema === undefined || schema === of.schema)
}

/** In the quotes of any language. */
function isQuoted(message: string, name: string): boolean {
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`["'«»„“”‚‘「]\\s?${plain}\\s?["'«»”“‘’」]`, 'u').test(message)
}

function firstWord(text: string, { span }: RunnableStatement): string {
  for (const { start, end } of tokens(text, span)) return text.slice(start, end).toUpperCase()
  return ''
}

function textOf(text: string, { span }: RunnableStatement): string {
  return text.slice(span.start, span.end)
}
