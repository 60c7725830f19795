import { alterCommands } from '../../sql/alter-commands.js'
import { blocksWrites, type LockMode, stronger } from '../../sql/lock-mode.js'
import { lockOf } from '../../sql/lock-of.js'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { removeStatement } from '../../sql/remove-statement.js'
import type { Context, Hit, JudgedFile, Rule, Seen } from '../rule.js'
import { type Transaction, transactionsOf } from '../transactions-of.js'
import { LOCK_LEVELS } from './lock-levels.js'
import { commandsOnOldTables } from './old-tables.js'
import { rewriting } from './rewriting.js'

export const validateInSameTransaction: Rule = {
  id: 'validate-in-same-transaction',
  group: 'locks',
  title: 'VALIDATE CONSTRAINT under a stronger lock of the same transaction',
  why: 'By itself VALIDATE CONSTRAINT stops nobody. But locks are held to the end of the transaction: after an `ADD CONSTRAINT … NOT VALID` or another change of the table it reads every row under that lock, and nothing is won by NOT VALID.',
  instead: 'Validate the constraint in the next migration, which is a transaction of its own.',
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter table orders add constraint total_check check (total >= 0) not valid; alter table orders validate constraint total_check;',
    ],
    good: [
      {
        sql: [
          'alter table orders add constraint total_check check (total >= 0) not valid;',
          'alter table orders validate constraint total_check;',
        ],
      },
    ],
  },
  *check(statement, context) {
    for (const { relation, command, span } of commandsOnOldTables(statement, context)) {
      if (command.subtype !== 'AT_ValidateConstraint') continue
      const mode = lockHeld(relationKey(relation), statement, context)
      if (mode === undefined) continue
      const table = showRelation(relation)
      const stopped = mode === 'ACCESS EXCLUSIVE' ? `read or write ${table}` : `write to ${table}`
      yield {
        span,
        message: `Validating ${showName([command.name ?? ''])} reads all of ${table} while nobody can ${stopped}, because the same transaction holds ${mode} on it.`,
        help: 'Validate it in the next migration.',
        ...fixOf(statement, context),
      }
    }
  },
}

/** The lock that stops most, of those that this statement or an earlier one of the transaction takes and that stop writers. */
function lockHeld(key: string, statement: Seen, { file, index }: Context): LockMode | undefined {
  const own = lockOf(statement).find((lock) => relationKey(lock.relation) === key)?.mode
  if (own !== undefined && blocksWrites(own)) return own
  const transaction = transactionsOf(file)[index]
  const taken = transaction && locksIn(file).get(transaction)?.get(key)
  return taken?.findLast((each) => each.index < index)?.mode
}

interface Taken {
  readonly index: number
  readonly mode: LockMode
}

/** By transaction and table, each lock that is stronger than those before. Read once a file. */
type Locks = ReadonlyMap<Transaction, ReadonlyMap<string, readonly Taken[]>>

function locksIn(file: JudgedFile): Locks {
  const known = LOCKS.get(file)
  if (known) return known
  const locks = new Map<Transaction, Map<string, Taken[]>>()
  const transactions = transactionsOf(file)
  for (const [index, statement] of file.statements.entries()) {
    const transaction = transactions[index]
    if (statement.within === 'function' || !transaction) continue
    const tables = locks.get(transaction) ?? new Map<string, Taken[]>()
    locks.set(transaction, tables)
    for (const { relation, mode } of lockOf(statement)) {
      const key = relationKey(relation)
      const before = tables.get(key) ?? []
      const last = before.at(-1)?.mode ?? 'ROW EXCLUSIVE'
      if (blocksWrites(mode) && stronger(last, mode) !== last) tables.set(key, [...before, { index, mode }])
    }
  }
  LOCKS.set(file, locks)
  return locks
}

const LOCKS = new WeakMap<JudgedFile, Locks>()

/** Moves it to the next migration, where nothing after it in the file is about the table. */
function fixOf(statement: Seen, context: Context): Pick<Hit, 'fix'> {
  const { text } = context.file.file
  const [command, more] = alterCommands(statement, { text })
  const made = command && !more ? rewriting(command, statement, context) : undefined
  const isLast = lastOther(context.file) < context.index
  if (!command || !made || !isLast) return {}
  return {
    fix: {
      title: 'Validate it in a migration of its own',
      edits: [removeStatement(text, statement.span)],
      next: `${text.slice(statement.span.start, statement.span.end)};`,
    },
  }
}

/** The place of the last statement that may rest on a constraint being valid. */
function lastOther(file: JudgedFile): number {
  const known = LAST.get(file)
  if (known !== undefined) return known
  const { text } = file.file
  const last = file.statements.findLastIndex(
    (each) => each.node !== 'TransactionStmt' && !isValidation(each, text),
  )
  LAST.set(file, last)
  return last
}

const LAST = new WeakMap<JudgedFile, number>()

function isValidation(statement: Seen, text: string): boolean {
  const commands = alterCommands(statement, { text })
  return commands.length > 0 && commands.every(({ command }) => command.subtype === 'AT_ValidateConstraint')
}
