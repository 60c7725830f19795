import type { DropStmt } from '@pgsql/types'
import { treeAs } from '../../sql/tree.js'
import { droppedName } from '../known/learn-drop.js'
import type { Seen } from '../rule.js'

/** What a DROP takes away. */
export interface Dropped {
  /** `OBJECT_TABLE` */
  readonly type: NonNullable<DropStmt['removeType']>
  /** Parts of each name; of a policy, a trigger or a rule its table's come before it. */
  readonly names: readonly (readonly string[])[]
  readonly cascade: boolean
}

/** The names in a DROP; undefined for any other statement, DROP DATABASE and DROP ROLE among them. */
export function dropped(statement: Seen): Dropped | undefined {
  const tree = treeAs(statement, 'DropStmt')
  if (!tree) return undefined
  const { removeType: type = 'OBJECT_TABLE', objects = [], behavior } = tree
  return { type, names: objects.map(droppedName), cascade: behavior === 'DROP_CASCADE' }
}
