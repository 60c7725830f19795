import type { Finding } from '../../model/finding.js'
import type { InStep } from '../../model/sides.js'

/**
 * Versions that we applied and that the Supabase CLI's table had and has no more, or never got: the CLI would run them
 * again. An error, because only a person knows whether they were undone.
 */
export function findOutOfStep({ missing }: Pick<InStep, 'missing'>): Finding[] {
  if (missing.length === 0) return []
  const versions = missing.map(({ version }) => version).join(',')
  const names = missing.slice(0, MOST).map(({ name }) => name)
  const more = missing.length > MOST ? ` and ${missing.length - MOST} more` : ''
  return [
    {
      rule: 'out-of-step',
      severity: 'error',
      message: `Applied by our tracking table, and missing in supabase_migrations.schema_migrations, so that supabase db push would run it again: ${names.join(', ')}${more}.`,
      help: `If it is applied, devflow db repair --applied ${versions} --reason "…" records it there. If it was undone, devflow db repair --reverted ${versions} --reason "…" makes it pending here too.`,
    },
  ]
}

const MOST = 10
