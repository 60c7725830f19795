import { namesIn } from '../model/template.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { given, variable } from './given.js'
import type { HealthCheckSettings } from './health-schema.js'
import { parseBoolean } from './parse-boolean.js'
import type { Sources } from './sources.js'

/** Every check of the file for an environment: those of all environments, then its own. */
export function healthSettings(
  settings: EnvironmentSettings,
  { file }: Pick<Sources, 'file'>,
): Readonly<Record<'before' | 'after', readonly HealthCheckSettings[]>> {
  const all = file?.document.database?.health
  const own = settings.health
  return {
    before: [...(all?.before ?? []), ...(own?.before ?? [])],
    after: [...(all?.after ?? []), ...(own?.after ?? [])],
  }
}

/** Whether a command carries checks out at all. */
export function checksHealth({ command }: Pick<Sources, 'command'>): boolean {
  return command !== undefined && ['migrate', 'dry-run', 'verify', 'rollback'].includes(command)
}

/** The variables of the environment that they read. */
export function healthVariables(settings: EnvironmentSettings, sources: Sources): readonly string[] {
  if (!checksHealth(sources)) return []
  const { before, after } = healthSettings(settings, sources)
  const read = appliesNothing(sources) ? before : [...before, ...after]
  return [...new Set(read.flatMap((check) => [...urlVariablesOf(check), ...keyVariablesOf(check)]))]
}

/** A dry run carries out no check of what it does not apply. */
function appliesNothing({ command, inputs }: Sources): boolean {
  const said = [given(inputs, 'dry-run'), variable(inputs, 'DRY_RUN')]
  return (
    command === 'dry-run' ||
    ((command === 'migrate' || command === 'rollback') &&
      said.some((one) => parseBoolean(one?.value ?? '') === true))
  )
}

/** They hold a key or a token as a whole. */
export function keyVariablesOf({
  headers = {},
  http = '',
  supabase,
}: HealthCheckSettings): readonly string[] {
  const [, ...query] = http.split('?')
  const names = [...Object.values(headers), ...query].flatMap(namesIn)
  return [...names, ...(supabase === undefined ? [] : [supabase])]
}

function urlVariablesOf({ http, supabase }: HealthCheckSettings): readonly string[] {
  return [...namesIn(http ?? ''), ...(supabase === undefined ? [] : ['SUPABASE_URL'])]
}
