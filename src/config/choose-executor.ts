import type { Config } from '../model/config.js'
import type { Sources } from './sources.js'

/** `use_supabase_cli: true` wins over `format: sql`, as the documents have it. */
export function chooseExecutor({ file, connects, ledger }: Sources): Config['format'] {
  const settings = file?.document.database?.migrations
  const key = settings?.use_supabase_cli ? 'use_supabase_cli' : 'format'
  const format = settings?.use_supabase_cli ? 'supabase' : (settings?.format ?? 'sql')
  ledger.provenance.push({
    name: 'format',
    value: format,
    source: settings?.[key] ? (file?.name ?? '') : 'the default',
  })
  if (format === 'supabase' && connects && file !== undefined) {
    ledger.problems.push({
      message: `${file.placeOf(['database', 'migrations', key])}: ${key}: ${settings?.[key]} asks for the Supabase CLI, which this version does not carry out.`,
      help: 'Write format: sql (and no use_supabase_cli): the same files are then applied directly.',
    })
  }
  return format
}
