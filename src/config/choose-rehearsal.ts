import type { Config, RehearsalLimits } from '../model/config.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { given, variable } from './given.js'
import { parseDuration } from './parse-duration.js'
import { parseSize } from './parse-size.js'
import type { Chosen, Sources } from './sources.js'

const DEFAULTS = { 'lock-timeout': '1s', 'statement-timeout': '30s', 'large-table': '10MB' } as const

/** The variable that holds the URL of a shadow, unless the environment's `shadow_url_env` names another. */
export const SHADOW_VARIABLE = 'SHADOW_DATABASE_URL'

/** Where and how long is rehearsed, and what becomes of a schema that other hands changed. */
export function chooseRehearsal(
  settings: EnvironmentSettings,
  sources: Sources,
): Pick<Config, 'rehearsal' | 'schemaDrift' | 'schemas'> {
  const { file, ledger } = sources
  const choose = (name: keyof typeof DEFAULTS): string => {
    const inFile = settings.rehearsal?.[name]
    const value = inFile === undefined ? DEFAULTS[name] : String(inFile)
    const source = inFile === undefined ? 'the default' : (file?.name ?? '')
    ledger.provenance.push({ name: `rehearsal ${name}`, value, source })
    return value
  }
  return {
    rehearsal: {
      ...chooseShadow(settings, sources),
      lockMs: parseDuration(choose('lock-timeout')) ?? 0,
      statementMs: parseDuration(choose('statement-timeout')) ?? 0,
      largeBytes: parseSize(choose('large-table')) ?? 0,
    },
    schemaDrift: settings['schema-drift'] ?? 'warn',
    schemas: file?.document.database?.schemas ?? [],
  }
}

function chooseShadow(
  settings: EnvironmentSettings,
  { inputs, ledger }: Sources,
): Pick<RehearsalLimits, 'shadowUrl'> {
  const url: Chosen<string> | undefined =
    given(inputs, 'shadow-url') ?? variable(inputs, settings.shadow_url_env ?? SHADOW_VARIABLE)
  if (url === undefined) return {}
  ledger.provenance.push({ name: 'shadow-url', value: '***', source: url.source })
  return { shadowUrl: url.value }
}
