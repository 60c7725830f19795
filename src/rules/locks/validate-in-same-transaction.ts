import { alterCommands } from '../../sql/alter-commands.js'
import { blocksWrites, type LockMode } from '../../sql/lock-mode.js'
import { lockOf } from '../../sql/lock-of.js'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { removeStatement } from '../../sql/remove-statement.js'
import type { Context, Hit, JudgedFile, Rule, Seen } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'
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

/** The strongest lock that stops writers, which this statement or an earlier one of the transaction takes. */
function lockHeld(key: string, statement: Seen, { file, index }: Context): LockMode | undefined {
  const own = lockOf(statement).find((lock) => relationKey(lock.relation) === key)?.mode
  if (own !== undefined && blocksWrites(own)) return own
  const transactions = transactionsOf(file)
  const earlier = (blockingIn(file).get(key) ?? []).filter(
    (each) => each.index < index && transactions[each.index] === transactions[index],
  )
  return earlier.find(({ mode }) => mode === 'ACCESS EXCLUSIVE')?.mode ?? earlier[0]?.mode
}

interface Blocking {
  readonly index: number
  readonly mode: LockMode
}

/** Read once a file, which may validate thousands of constraints. */
function blockingIn(file: JudgedFile): ReadonlyMap<string, readonly Blocking[]> {
  const known = BLOCKING.get(file)
  if (known) return known
  const blocking = new Map<string, Blocking[]>()
  for (const [index, statement] of file.statements.entries()) {
    if (statement.within === 'function') continue
    for (const { relation, mode } of lockOf(statement)) {
      const key = relationKey(relation)
      if (!blocksWrites(mode)) continue
      const list = blocking.get(key)
      if (list) list.push({ index, mode })
      else blocking.set(key, [{ index, mode }])
    }
  }
  BLOCKING.set(file, blocking)
  return blocking
}

const BLOCKING = new WeakMap<JudgedFile, ReadonlyMap<string, readonly Blocking[]>>()

/** Moves it to the next migration, where nothing after it in the file is about the table. */
function fixOf(statement: Seen, context: Context): Pick<Hit, 'fix'> {
  const { text } = context.file.file
  const [command, more] = alterCommands(statement, text)
  const made = command && !more ? rewriting(command, statement, context) : undefined
  const isLast = context.file.statements
    .slice(context.index + 1)
    .every((each) => each.node === 'TransactionStmt' || isValidation(each))
  if (!command || !made || !isLast) return {}
  return {
    fix: {
      title: 'Validate it in a migration of its own',
      edits: [removeStatement(text, statement.span)],
      next: `${text.slice(statement.span.start, statement.span.end)};`,
    },
  }
}

function isValidation(statement: Seen): boolean {
  const commands = alterCommands(statement, '')
  return commands.length > 0 && commands.every(({ command }) => command.subtype === 'AT_ValidateConstraint')
}
