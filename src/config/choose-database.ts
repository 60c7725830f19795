import type { Config, Environment } from '../model/config.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { passwordVariableOf, supabaseProjectUrl } from './choose-supabase-project.js'
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
export function chooseDatabase(
  { environment, known, settings }: ChosenEnvironment,
  sources: Sources,
): ChosenDatabase {
  if (!sources.connects) return { source: 'nowhere: none is needed' }
  const { inputs, ledger, file } = sources
  const url =
    given(inputs, 'database-url') ??
    variable(inputs, environment.urlVariable) ??
    supabaseProjectUrl(settings, sources)
  if (url !== undefined) {
    // Any variable of theirs is a reason to have the section.
    if (file?.document.secrets && inputs.origins === undefined) {
      ledger.notes.push(
        `${file.name}: secrets is not asked for the database URL, which comes from ${url.source}.`,
      )
    }
    return { database: { url: url.value }, source: told(url.source, '***', sources) }
  }
  if (mayBeLocal(environment, sources)) {
    return { database: 'embedded', source: told('the local PostgreSQL', 'embedded', sources) }
  }
  const isTold = sources.notProvided?.get(environment.urlVariable) === ''
  if (!sources.broken && known && !isTold) reportMissing(environment, sources, passwordVariableOf(settings))
  return { source: `the variable ${environment.urlVariable}` }
}

/** The variables that the URL is read from, where it is not given; with `onlyInWords` the run can do without. */
export function chooseUrlVariables(
  { environment, settings }: Pick<ChosenEnvironment, 'environment' | 'settings'>,
  sources: Sources,
): readonly { readonly name: string; readonly isOptional: boolean; readonly onlyInWords?: boolean }[] {
  if (!sources.connects || given(sources.inputs, 'database-url')) return []
  const password = passwordVariableOf(settings)
  return [
    {
      name: environment.urlVariable,
      isOptional: false,
      onlyInWords: password !== undefined || mayBeLocal(environment, sources),
    },
    ...(password === undefined ? [] : [{ name: password, isOptional: false }]),
  ]
}

function told(source: string, value: string, { ledger }: Sources): string {
  ledger.provenance.push({ name: 'database-url', value, source })
  return source
}

function mayBeLocal(environment: Environment, { inputs }: Sources): boolean {
  const automatic = inputs.entry === 'action' || inputs.ci || variable(inputs, 'CI') !== undefined
  return environment.name === 'local' && !automatic
}

function reportMissing(environment: Environment, sources: Sources, password: string | undefined): void {
  const { inputs, ledger } = sources
  const name = environment.urlVariable
  if (password !== undefined)
    return void ledger.problems.push({
      message: `There is no password for the Supabase project of environment ${environment.name}: the variable ${password} is not set, or empty.`,
      help: `Set ${password}, in the workflow from a secret: it is the password of the database, which the dashboard can set anew. An access token opens no connection to a database. Or set ${name} to its URL.`,
    })
  const fromSecret =
    inputs.entry === 'action' ? `, in the workflow from a secret: env: ${name}: \${{ secrets.${name} }}` : ''
  ledger.problems.push({
    message: `There is no database URL: the variable ${name} is not set, or empty.${secretsWords(environment, sources)}`,
    help: `Set ${name}${fromSecret}, or give ${callInput(inputs, 'database-url')}.${supabaseWords(sources)}${localWords(environment, sources)}`,
  })
}

/** Why whoever keeps the secrets was not asked. */
function secretsWords({ urlVariable }: Environment, { file, notProvided }: Sources): string {
  const secrets = file?.document.secrets
  if (file === undefined || secrets === undefined || secrets.provider === 'env') return ''
  const why = notProvided?.get(urlVariable) ?? `no mapping has the name ${urlVariable}`
  return ` ${file.placeOf(['secrets', 'provider'])}: ${secrets.provider} was not asked: ${why}.`
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
