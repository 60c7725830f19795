import type { A_Const, Node, SelectStmt, VariableSetStmt } from '@pgsql/types'
import type { Timeouts } from '../../model/config.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
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

interface Setting {
  readonly local: boolean
  /** Undefined: set back. */
  readonly ms: number | undefined
}

/** What a statement does to a setting. */
export function settingOf(statement: Seen, name: LimitName): Setting | undefined {
  if (statement.within !== 'file') return undefined
  const set = treeAs(statement, 'VariableSetStmt')
  if (set) return settingOfSet(set, name)
  const select = treeAs(statement, 'SelectStmt')
  return select && settingOfCall(select, name)
}

function settingOfSet(
  { name: set, kind, args, is_local }: VariableSetStmt,
  name: LimitName,
): Setting | undefined {
  if (kind === 'VAR_RESET_ALL') return { local: false, ms: undefined }
  if (set?.toLowerCase() !== name) return undefined
  const value = kind === 'VAR_SET_VALUE' ? nodeAs(args?.[0], 'A_Const') : undefined
  return { local: is_local === true, ms: value && milliseconds(value) }
}

/** `select set_config('lock_timeout', '5s', true)`. */
function settingOfCall({ targetList = [] }: SelectStmt, name: LimitName): Setting | undefined {
  for (const target of targetList) {
    const call = nodeAs(nodeAs(target, 'ResTarget')?.val, 'FuncCall')
    if (stringsOf(call?.funcname).at(-1) !== 'set_config') continue
    const [set, value, local] = (call?.args ?? []).map(constantOf)
    if (set?.sval?.sval?.toLowerCase() === name && value)
      return { local: local?.boolval?.boolval === true, ms: milliseconds(value) }
  }
  return undefined
}

function constantOf(node: Node): A_Const | undefined {
  return nodeAs(node, 'A_Const')
}

/** A number without a unit is milliseconds. What the server would refuse is taken for no setting. */
function milliseconds({ ival, fval, sval }: A_Const): number | undefined {
  if (ival) return ival.ival ?? 0
  const [, number, unit = 'ms'] =
    /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(fval?.fval ?? sval?.sval ?? '') ?? []
  const factor = UNITS[unit === '' ? 'ms' : unit]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
