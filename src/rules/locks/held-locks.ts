import { relationKey } from '../../sql/relation-name.js'
import type { TakenLock } from '../../sql/taken-lock.js'
import { treeAs } from '../../sql/tree.js'
import type { Context, JudgedFile, Seen } from '../rule.js'
import { type Transaction, transactionsOf } from '../transactions-of.js'
import { oldLocks } from './old-locks.js'

/** A lock that an earlier statement took, and that is held still. */
export interface HeldLock extends TakenLock {
  readonly by: Seen
}

/** What is held when a statement begins, and what it takes. */
export interface Locks {
  /** Which stop others from writing, on what was there before the judged files; one a relation, in the order they were taken; the first few. */
  readonly held: readonly HeldLock[]
  readonly taken: readonly TakenLock[]
  readonly transaction: Transaction
}

/**
 * The locks around a statement. What is dropped is held by nobody: who waits for it finds nothing.
 *
 * Follows the file as it is judged, from statement to statement, because only the state before each tells what is new.
 */
export function heldLocks({ file, index, known }: Context): Locks {
  const followed = FOLLOWED.get(file)
  if (followed?.index === index) return followed
  const transaction = transactionsOf(file)[index] as Transaction
  const before =
    followed && followed.index < index && followed.transaction === transaction ? followed : undefined
  const statement = file.statements[index] as Seen
  const taken = statement.within === 'function' ? [] : oldLocks(statement, known)
  const locks = { index, transaction, held: before ? heldAfter(before) : [], taken, statement }
  FOLLOWED.set(file, locks)
  return locks
}

interface Followed extends Locks {
  readonly index: number
  readonly statement: Seen
}

const FOLLOWED = new WeakMap<JudgedFile, Followed>()

function heldAfter({ held, taken, statement }: Followed): readonly HeldLock[] {
  if (taken.length === 0 || dropsRelations(statement)) return held
  const locks = new Map(held.map((lock) => [relationKey(lock.relation), lock] as const))
  for (const lock of taken) {
    const key = relationKey(lock.relation)
    const stops = lock.mode === 'ACCESS EXCLUSIVE'
    const firstToStop = stops && ![...locks.values()].some(({ mode }) => mode === 'ACCESS EXCLUSIVE')
    const isTold = locks.size < MOST || firstToStop
    if (isTold && (stops || !locks.has(key)) && locks.get(key)?.mode !== lock.mode)
      locks.set(key, { ...lock, by: statement })
  }
  return [...locks.values()].map((lock) => renamed(lock, statement))
}

/** By the name that later statements have for it. */
function renamed(lock: HeldLock, statement: Seen): HeldLock {
  const rename = treeAs(statement, 'RenameStmt')
  const move = treeAs(statement, 'AlterObjectSchemaStmt')
  const { relation: before } = rename ?? move ?? {}
  if (!before || relationKey(before) !== relationKey(lock.relation)) return lock
  const { renameType = 'OBJECT_COLUMN', newname = '' } = rename ?? {}
  const now = move?.newschema !== undefined ? { schemaname: move.newschema } : { relname: newname }
  return move || RELATIONS.has(renameType) ? { ...lock, relation: { ...lock.relation, ...now } } : lock
}

/** No rule asks for more than one that is on another table, and one that stops readers. */
const MOST = 4

function dropsRelations(statement: Seen): boolean {
  return RELATIONS.has(treeAs(statement, 'DropStmt')?.removeType ?? '')
}

/** What has a lock of its own, by the kinds that DROP and RENAME name. */
const RELATIONS = new Set([
  'OBJECT_TABLE',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
])
