import type { RunnableStatement } from '../model/plan.js'
import { quoteIdentifier } from '../sql/identifier.js'
import type { Statement } from '../sql/open-parser.js'

/** The index that a CREATE INDEX CONCURRENTLY builds, with names quoted as they would be looked up. */
export function builtIndex({ node, tree }: Statement): RunnableStatement['builds'] {
  if (node !== 'IndexStmt' || tree.concurrent !== true) return undefined
  const { schemaname, relname } = tree.relation as { schemaname?: string; relname: string }
  const qualify = (name: string) =>
    `${schemaname ? `${quoteIdentifier(schemaname)}.` : ''}${quoteIdentifier(name)}`
  return {
    table: qualify(relname),
    ...(typeof tree.idxname === 'string' ? { index: qualify(tree.idxname) } : {}),
  }
}

/** The label that ALTER TYPE … ADD VALUE adds. */
export function addedEnumValue({ node, tree }: Statement): string | undefined {
  return node === 'AlterEnumStmt' && tree.oldVal === undefined && typeof tree.newVal === 'string'
    ? tree.newVal
    : undefined
}
