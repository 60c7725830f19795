import type { DefElem } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Seen } from '../rule.js'
import { roles } from './roles.js'
import { wordAt } from './word-at.js'

/** What CREATE ROLE or ALTER ROLE turns on. */
export interface RoleOption {
  readonly role: string
  /** As the tree has it: `superuser`, `isreplication`, `addroleto`. */
  readonly name: string
  readonly option: DefElem
  /** Its first word in the text, where that can be told. */
  readonly span?: Span
}

/** The options that are not off (NOSUPERUSER); none of any other statement. */
export function roleOptions(statement: Seen, text: string): RoleOption[] {
  const made = treeAs(statement, 'CreateRoleStmt')
  const changed = treeAs(statement, 'AlterRoleStmt')
  const role = made?.role ?? (changed?.role ? roles([{ RoleSpec: changed.role }])[0] : undefined) ?? ''
  return (made?.options ?? changed?.options ?? []).flatMap((node) => {
    const option = nodeAs(node, 'DefElem')
    const flag = nodeAs(option?.arg, 'Boolean')
    if (!option || (flag && !flag.boolval)) return []
    const span = wordAt(text, statement.offsetOf(option.location), /\w+/y)
    return [{ role, name: option.defname ?? '', option, ...(span ? { span } : {}) }]
  })
}
