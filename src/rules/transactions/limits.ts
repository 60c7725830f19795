import type { Timeouts } from '../../model/config.js'
import { readSetting, type Setting } from '../../sql/read-setting.js'
import type { JudgedFile, Seen } from '../rule.js'
import { transactionsOf } from '../transactions-of.js'

/** The settings that end what takes too long, each with the directive that gives it. */
const LIMITS = {
  lock_timeout: 'lockMs',
  statement_timeout: 'statementMs',
  idle_in_transaction_session_timeout: 'idleInTransactionMs',
} as const satisfies Readonly<Record<string, keyof Timeouts>>

export type LimitName = keyof typeof LIMITS

/** What a file says of a limit where a statement begins. */
export interface Limit {
  /** 0: none. */
  readonly ms: number
  /** The statement that says so; absent: the file's head. */
  readonly by?: Seen
}

/** What the file itself has set for each of its statements, in order; undefined where it has not. */
export function limitsOf(file: JudgedFile, name: LimitName): readonly (Limit | undefined)[] {
  const known = FOLLOWED.get(file) ?? new Map<LimitName, readonly (Limit | undefined)[]>()
  FOLLOWED.set(file, known)
  const limits = known.get(name) ?? [...follow(file, name)]
  known.set(name, limits)
  return limits
}

const FOLLOWED = new WeakMap<JudgedFile, Map<LimitName, readonly (Limit | undefined)[]>>()

function* follow(file: JudgedFile, name: LimitName): Generator<Limit | undefined> {
  const head = file.file.directives.timeouts[LIMITS[name]]
  const transactions = transactionsOf(file)
  let session: Limit | undefined = head === undefined ? undefined : { ms: head }
  let local: Limit | undefined
  for (const [index, statement] of file.statements.entries()) {
    const transaction = transactions[index]
    if (transaction !== transactions[index - 1]) local = undefined
    yield local ?? session
    const set = settingOf(statement, name)
    if (!set) continue
    const limit = set.ms === undefined ? undefined : { ms: set.ms, by: statement }
    if (!set.local) session = limit
    // Outside of a transaction it has no effect, and the server says so.
    else if (transaction?.of !== 'statement') local = limit
    if (!set.local) local = undefined
  }
}

/** What a statement of the file itself does to a setting. */
export function settingOf(statement: Seen, name: LimitName): Setting | undefined {
  return statement.within === 'file' ? readSetting(statement, name) : undefined
}
