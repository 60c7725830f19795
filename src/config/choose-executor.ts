import { resolve } from 'node:path'
import type { Config } from '../model/config.js'
import { given } from './given.js'
import type { Sources } from './sources.js'

/** What applies the files, and where the Supabase CLI is. `use_supabase_cli: true` wins over `format: sql`, as the documents have it. */
export function chooseExecutor(sources: Sources): Pick<Config, 'format' | 'supabaseCli'> {
  const { file, ledger } = sources
  const settings = file?.document.database?.migrations
  const key = settings?.use_supabase_cli ? 'use_supabase_cli' : 'format'
  const format = settings?.use_supabase_cli ? 'supabase' : (settings?.format ?? 'sql')
  const source = settings?.[key] ? (file?.name ?? '') : 'the default'
  ledger.provenance.push({ name: 'format', value: format, source })
  if (format === 'supabase') refuseModes(sources)
  const cli = settings?.['supabase-cli']
  if (cli === undefined) return { format }
  ledger.provenance.push({ name: 'supabase-cli', value: cli, source: file?.name ?? '' })
  if (format === 'sql')
    ledger.notes.push(
      `${file?.name}: supabase-cli is not used: the files are applied without it (format: sql).`,
    )
  return { format, supabaseCli: resolve(sources.folder, cli) }
}

/** What the CLI can not do is refused, not passed over: whoever asks for one transaction counts on it. */
function refuseModes({ inputs, file, ledger }: Sources): void {
  const environments = Object.entries(file?.document.database?.environments ?? {})
  const inFile = environments.flatMap(([name, settings]) => {
    const value = settings?.transaction
    const place = file?.placeOf(['database', 'environments', name, 'transaction'])
    return value === undefined ? [] : [{ value, source: `${place}: transaction` }]
  })
  const asked = given(inputs, 'transaction')
  for (const { value, source } of [...inFile, ...(asked ? [asked] : [])])
    if (value === 'all' || value === 'none')
      ledger.problems.push({
        message: `${source} is ${value}, which the Supabase CLI can not do: it sends each file in a transaction of its own.`,
        help: 'Leave it out, or write file. Or apply the files without the CLI: format: sql.',
      })
}
