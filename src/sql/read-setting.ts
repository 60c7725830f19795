import type { A_Const, SelectStmt, VariableSetStmt } from '@pgsql/types'
import { readSetConfig } from './read-set-config.js'
import { nodeAs, treeAs } from './tree.js'

/** What a statement does to a setting that is a time. */
export interface Setting {
  readonly local: boolean
  /** Undefined: set back. */
  readonly ms: number | undefined
}

/** SET, RESET and `set_config` with constants; undefined where a statement leaves the setting as it is, or nobody can tell. */
export function readSetting(
  statement: { readonly node: string; readonly tree: object },
  name: string,
): Setting | undefined {
  const set = treeAs(statement, 'VariableSetStmt')
  if (set) return settingOfSet(set, name)
  const select = treeAs(statement, 'SelectStmt')
  return select && settingOfCall(select, name)
}

function settingOfSet(
  { name: set, kind, args, is_local }: VariableSetStmt,
  name: string,
): Setting | undefined {
  if (kind === 'VAR_RESET_ALL') return { local: false, ms: undefined }
  if (set?.toLowerCase() !== name) return undefined
  const value = kind === 'VAR_SET_VALUE' ? nodeAs(args?.[0], 'A_Const') : undefined
  return { local: is_local === true, ms: value && milliseconds(value) }
}

/** `select set_config('lock_timeout', '5s', true)`. */
function settingOfCall({ targetList = [] }: SelectStmt, name: string): Setting | undefined {
  for (const target of targetList) {
    const call = nodeAs(nodeAs(target, 'ResTarget')?.val, 'FuncCall')
    const set = call && readSetConfig(call)
    if (set?.name === name) return { local: set.local, ms: milliseconds(set.value) }
  }
  return undefined
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
