import type { Config, Environment } from '../model/config.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { callInput, given, variable } from './given.js'
import type { Sources } from './sources.js'

/** Where to connect, and the words for where that came from. */
export interface ChosenDatabase {
  readonly database?: NonNullable<Config['database']>
  readonly source: string
}

/**
 * The input, else the variable that `url_env` names; never another one, because a fallback is how a staging job
 * reaches production. The local server serves `local` only, never with `--ci`, with CI set, or in the action.
 */
export function chooseDatabase({ environment, known }: ChosenEnvironment, sources: Sources): ChosenDatabase {
  if (!sources.connects) return { source: 'nowhere: none is needed' }
  const { inputs, ledger, file } = sources
  const url = given(inputs, 'database-url') ?? variable(inputs, environment.urlVariable)
  if (url !== undefined) {
    if (file?.document.secrets) {
      ledger.notes.push(`${file.name}: secrets is not needed; the database URL comes from ${url.source}.`)
    }
    return { database: { url: url.value }, source: told(url.source, '***', sources) }
  }
  if (mayBeLocal(environment, sources)) {
    return { database: 'embedded', source: told('the local PostgreSQL', 'embedded', sources) }
  }
  if (!sources.broken && known) reportMissing(environment, sources)
  return { source: `the variable ${environment.urlVariable}` }
}

function told(source: string, value: string, { ledger }: Sources): string {
  ledger.provenance.push({ name: 'database-url', value, source })
  return source
}

function mayBeLocal(environment: Environment, { inputs }: Sources): boolean {
  const automatic = inputs.entry === 'action' || inputs.ci || variable(inputs, 'CI') !== undefined
  return environment.name === 'local' && !automatic
}

function reportMissing(environment: Environment, sources: Sources): void {
  const { inputs, ledger } = sources
  const name = environment.urlVariable
  const fromSecret =
    inputs.entry === 'action' ? `, in the workflow from a secret: env: ${name}: \${{ secrets.${name} }}` : ''
  ledger.problems.push({
    message: `There is no database URL: the variable ${name} is not set, or empty.${secretsWords(sources)}`,
    help: `Set ${name}${fromSecret}, or give ${callInput(inputs, 'database-url')}.${supabaseWords(sources)}${localWords(environment, sources)}`,
  })
}

function secretsWords({ file }: Sources): string {
  const secrets = file?.document.secrets
  if (file === undefined || secrets === undefined) return ''
  return ` ${file.placeOf(['secrets', 'provider'])}: taking it from ${secrets.provider} is not carried out by this version.`
}

function supabaseWords({ inputs }: Sources): string {
  const set = ['SUPABASE_URL', 'SUPABASE_SERVICE_KEY'].filter((name) => variable(inputs, name) !== undefined)
  if (set.length === 0) return ''
  return ` ${set.join(' and ')} can't serve: a service key can't run migrations. Take the PostgreSQL connection string of the project instead.`
}

function localWords(environment: Environment, { inputs }: Sources): string {
  if (environment.name !== 'local' || inputs.entry === 'action') return ''
  return ' The local PostgreSQL is not used with --ci or where the variable CI is set.'
}
