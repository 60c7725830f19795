import type { Fix } from '../../model/finding.js'
import { showRelation } from '../../sql/relation-name.js'
import { oldLocks } from '../locks/old-locks.js'
import type { Context, Hit, JudgedFile, Seen } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'
import { type LimitName, limitsOf } from './limits.js'

/** What is said where a limit is missing. */
export interface MissingLimit {
  readonly name: LimitName
  /** What happens without it: `this waits for customers without end`. */
  readonly consequence: (relation: string) => string
  /** As SQL has it: `3s`. */
  readonly value: string
}

/** The first statement of a file that stops others while no limit is set in the file. One SET heals all after it. */
export function* missingLimit(
  statement: Seen,
  context: Context,
  { name, consequence, value }: MissingLimit,
): Generator<Hit> {
  const { file, index, known } = context
  if (statement.within === 'function' || isTold(file, index, name)) return
  const [lock] = oldLocks(statement, known)
  if (!lock || (limitsOf(file, name)[index]?.ms ?? 0) > 0) return
  TOLD.set(file, new Map([...(TOLD.get(file) ?? []), [name, index]]))
  const transactions = transactionsOf(file)
  const isAlone = transactions[index]?.of === 'statement'
  // One for the session holds in the file's later transactions too.
  const local = !isAlone && transactions.at(-1) === transactions[index] ? 'local ' : ''
  const set = `set ${local}${name} = '${value}';`
  const fix = isAlone ? undefined : fixOf(statement, context, name, set)
  yield {
    message: `The file sets no ${name}: ${consequence(showRelation(lock.relation))}.`,
    help: `Write ${set} before it, or -- devflow:${name.replaceAll('_', '-')}=${value} in the head of the file.`,
    ...(fix ? { fix } : {}),
  }
}

/** Where it was said of a file: a file is told once. */
const TOLD = new WeakMap<JudgedFile, ReadonlyMap<LimitName, number>>()

function isTold(file: JudgedFile, index: number, name: LimitName): boolean {
  const at = TOLD.get(file)?.get(name)
  return at !== undefined && at !== index
}

function fixOf(statement: Seen, { file }: Context, name: LimitName, set: string): Fix | undefined {
  if (statement.within !== 'file') return undefined
  const { start } = statement.span
  const lineEnd = file.file.text.includes('\r\n') ? '\r\n' : '\n'
  return { title: `Set ${name}`, edits: [{ span: { start, end: start }, text: `${set}${lineEnd}` }] }
}
