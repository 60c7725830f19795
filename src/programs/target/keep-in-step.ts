import type { Config } from '../../model/config.js'
import type { MigrationFile } from '../../model/migration.js'
import type { InStep } from '../../model/sides.js'
import { compareSides } from '../../plan/supabase/compare-sides.js'
import { markEdited } from '../../plan/supabase/mark-edited.js'
import { nameVersions } from '../telling/name-versions.js'
import type { Known } from './read-history.js'

/** What is known of a target once the Supabase CLI's table was compared with ours, where the two are kept in step. */
export function keepInStep(known: Known, config: Config, files: readonly MigrationFile[]): Known {
  const isSupervised = config.format === 'supabase'
  // What the CLI itself applies, its own table decides.
  const inStep = isSupervised ? 'supabase' : config.inStep
  if (inStep === undefined || known.refusal || known.cancelled) return known
  const { records, step } = compareSides({
    rows: known.supabase,
    records: known.records,
    files,
    leads: inStep === 'supabase',
  })
  const told = { ...known, step, notes: [...known.notes, ...tellChanges(step)] }
  return { ...told, records: isSupervised ? markEdited(records, known.supabase ?? [], files) : records }
}

function tellChanges({ changes, fill }: InStep): string[] {
  const adopted = changes.filter(({ told }) => told.event === 'adopted').map(({ version }) => version)
  const takenBack = changes.filter(({ told }) => told.event !== 'adopted').map(({ version }) => version)
  return [
    ...(adopted.length > 0
      ? [`Applied by the Supabase CLI, and recorded here by the next migrate: ${nameVersions(adopted)}.`]
      : []),
    ...(takenBack.length > 0
      ? [
          `Gone from supabase_migrations.schema_migrations, so pending again (tracking: supabase): ${nameVersions(takenBack)}.`,
        ]
      : []),
    ...(fill.length > 0
      ? [
          `There is no supabase_migrations.schema_migrations; the next migrate makes it, and records in it: ${nameVersions(fill.map(({ version }) => version))}.`,
        ]
      : []),
  ]
}
