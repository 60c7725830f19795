import type { AlterObjectSchemaStmt, RenameStmt } from '@pgsql/types'
import { keyOf, type Relation, type State } from './state.js'

/** What has another name now. */
export function learnRename(
  state: State,
  { renameType, relation: name, subname, newname }: RenameStmt,
): void {
  const relation = state.relation(name)
  if (!relation || newname === undefined) return
  if (renameType === 'OBJECT_COLUMN' && subname !== undefined) renameColumn(relation, subname, newname)
  else if (renameType === 'OBJECT_TABCONSTRAINT') renameConstraint(relation, subname, newname)
  else if (renameType === 'OBJECT_POLICY') renamePolicy(relation, subname, newname)
  else if (MOVED.has(renameType ?? ''))
    move(state, relation, () => Object.assign(relation, { name: newname }))
}

const MOVED = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_SEQUENCE',
])

/** What is in another schema now. */
export function learnSetSchema(state: State, { relation: name, newschema }: AlterObjectSchemaStmt): void {
  const relation = state.relation(name)
  if (relation && newschema !== undefined)
    move(state, relation, () => Object.assign(relation, { schema: newschema }))
}

function move(state: State, relation: Relation, change: () => void): void {
  const before = keyOf(relation)
  state.relations.delete(before)
  change()
  const after = keyOf(relation)
  state.relations.set(after, relation)
  for (const each of state.relations.values()) {
    if (each.partitionOf === before) each.partitionOf = after
    if (each.reads.includes(before)) each.reads = each.reads.map((key) => (key === before ? after : key))
    if (each.constraints.some(({ references }) => references === before))
      each.constraints = each.constraints.map((one) =>
        one.references === before ? { ...one, references: after } : one,
      )
  }
}

function renameColumn(relation: Relation, from: string, to: string): void {
  const column = relation.columns.get(from)
  if (!column) return
  const renamed = (name: string) => (name === from ? to : name)
  relation.columns = new Map(
    [...relation.columns].map(([name, each]) => [renamed(name), { ...each, name: renamed(name) }]),
  )
  relation.constraints = relation.constraints.map((each) => ({ ...each, columns: each.columns.map(renamed) }))
  relation.indexes = relation.indexes.map((each) => ({
    ...each,
    columns: each.columns.map((name) => (name === undefined ? undefined : renamed(name))),
  }))
}

function renameConstraint(relation: Relation, from: string | undefined, to: string): void {
  relation.constraints = relation.constraints.map((each) =>
    each.name === from ? { ...each, name: to } : each,
  )
}

function renamePolicy(relation: Relation, from: string | undefined, to: string): void {
  relation.policies = relation.policies.map((each) => (each.name === from ? { ...each, name: to } : each))
}
