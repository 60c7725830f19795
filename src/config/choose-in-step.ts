import type { Config } from '../model/config.js'
import type { Sources } from './sources.js'

/** Whether the settings of the tracking table name the Supabase CLI's own, which can hold no checksum and no failure. */
export function namesSupabaseTable(settings: MigrationsSettings): boolean {
  const { tracking_schema: schema, tracking_table: table = 'schema_migrations' } = settings ?? {}
  return schema === 'supabase_migrations' && table === 'schema_migrations'
}

type MigrationsSettings =
  | { readonly tracking_schema?: string | undefined; readonly tracking_table?: string | undefined }
  | undefined

/**
 * Whether the Supabase CLI's table is kept in step with ours: by default where the files are those that the CLI would
 * push. What we apply without telling it there, its next `db push` would run a second time.
 */
export function chooseInStep({ file, ledger }: Sources, directory: string): Pick<Config, 'inStep'> {
  const settings = file?.document.database?.migrations
  // There the CLI writes its table itself.
  if (settings?.use_supabase_cli || settings?.format === 'supabase') return {}
  const byDefault = isSupabaseFolder(directory) || namesSupabaseTable(settings) ? 'both' : 'devflow'
  const tracking = settings?.tracking ?? byDefault
  ledger.provenance.push({
    name: 'tracking',
    value: tracking,
    source: settings?.tracking === undefined ? 'the default' : (file?.name ?? 'the default'),
  })
  if (namesSupabaseTable(settings))
    ledger.notes.push(
      'tracking_schema names the table of the Supabase CLI. It is kept in step; checksums, failures and history are kept beside it, in devflow.',
    )
  return tracking === 'devflow' ? {} : { inStep: tracking }
}

/** The one place that the Supabase CLI reads. */
export function isSupabaseFolder(directory: string): boolean {
  return /(?:^|[\\/])supabase[\\/]migrations$/.test(directory)
}
