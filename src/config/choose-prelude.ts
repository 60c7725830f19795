import type { Config } from '../model/config.js'
import { isSupabaseFolder } from './choose-in-step.js'
import type { Sources } from './sources.js'

/** Whether shadows get stand-ins for what Supabase itself makes in a database. */
export function choosePrelude({ file, ledger }: Sources, directory: string): Pick<Config, 'prelude'> {
  const settings = file?.document.database?.migrations
  const isSupabase =
    isSupabaseFolder(directory) || settings?.use_supabase_cli === true || settings?.format === 'supabase'
  const prelude = settings?.prelude ?? (isSupabase ? 'supabase' : 'off')
  ledger.provenance.push({
    name: 'prelude',
    value: prelude,
    source: settings?.prelude === undefined ? 'the default' : (file?.name ?? 'the default'),
  })
  if (prelude === 'off') return {}
  return { prelude: settings?.prelude === 'supabase' ? 'always' : 'as-target' }
}
