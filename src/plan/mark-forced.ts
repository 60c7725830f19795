import type { Finding } from '../model/finding.js'
import type { RunnableMigration } from '../model/plan.js'

/** Migrations with the rules that were forced for them, to be recorded with each. */
export function markForced(
  migrations: readonly RunnableMigration[],
  findings: readonly Finding[],
): RunnableMigration[] {
  const byPath = new Map<string, Set<string>>()
  for (const { file, force, rule } of findings) {
    if (force !== 'used' || file === undefined) continue
    byPath.set(file, (byPath.get(file) ?? new Set()).add(rule))
  }
  return migrations.map((migration) => {
    const rules = byPath.get(migration.file.path)
    return rules ? { ...migration, forced: [...rules].sort() } : migration
  })
}
