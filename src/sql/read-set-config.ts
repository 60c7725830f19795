import type { A_Const, FuncCall, Node } from '@pgsql/types'
import { nodeAs, stringsOf } from './tree.js'

/** A call of `set_config` whose setting and value stand in the text. */
export interface SetConfig {
  /** In small letters, as the server compares it. */
  readonly name: string
  /** NULL sets it back, as RESET does. */
  readonly value: A_Const
  readonly local: boolean
}

/** What a call sets; undefined where it is another function's, or where only the server knows its arguments. */
export function readSetConfig({ funcname, args = [] }: FuncCall): SetConfig | undefined {
  const [schema, ...rest] = stringsOf(funcname).reverse().slice(1)
  if (stringsOf(funcname).at(-1) !== 'set_config' || rest.length > 0) return undefined
  if (schema !== undefined && schema !== 'pg_catalog') return undefined
  const given = args.map((argument, index) => {
    const named = nodeAs(argument, 'NamedArgExpr')
    return [named?.name ?? NAMES[index], constantOf(named?.arg ?? argument)] as const
  })
  const of = (wanted: string) => given.find(([name]) => name === wanted)?.[1]
  const name = of('setting_name')?.sval?.sval
  const value = of('new_value')
  if (name === undefined || !value) return undefined
  return { name: name.toLowerCase(), value, local: of('is_local')?.boolval?.boolval === true }
}

const NAMES = ['setting_name', 'new_value', 'is_local']

/** `'off'::text` is one too. */
function constantOf(node: Node | undefined): A_Const | undefined {
  const cast = nodeAs(node, 'TypeCast')
  return cast ? constantOf(cast.arg) : nodeAs(node, 'A_Const')
}
