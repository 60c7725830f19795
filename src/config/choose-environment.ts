import type { Environment } from '../model/config.js'
import type { EnvironmentClass } from '../model/environment-class.js'
import type { DevflowDocument } from './devflow-schema.js'
import { didYouMean } from './did-you-mean.js'
import { callInput, given, variable } from './given.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

/** What the file says about one environment. */
export type EnvironmentSettings = NonNullable<
  NonNullable<NonNullable<DevflowDocument['database']>['environments']>[string]
>

/** The environment of a run, with its section of the file. */
export interface ChosenEnvironment {
  readonly environment: Environment
  readonly settings: EnvironmentSettings
  /** False: none is named, or not one of the file; that is told, and which variable holds its URL isn't known. */
  readonly known: boolean
  /** Somebody chose it, and it is one of the file's, where the file has any. */
  readonly named: boolean
}

const ALIASES = [
  ['dev', 'development'],
  ['prod', 'production'],
] as const

const CLASSES: Readonly<Record<string, EnvironmentClass>> = {
  local: 'development',
  dev: 'development',
  development: 'development',
  test: 'development',
  staging: 'staging',
  stage: 'staging',
  preview: 'staging',
  uat: 'staging',
}

const UNNAMED = 'the default'

/** Which environment: input, ENVIRONMENT, NODE_ENV (command line only), `local`. A name the file doesn't have is a problem. */
export function chooseEnvironment(sources: Sources): ChosenEnvironment {
  const asked = chooseName(sources)
  const known = new Map(Object.entries(sources.file?.document.database?.environments ?? {}))
  const name = resolveAlias(asked.value, known)
  // What connects to nothing can't reach the wrong database, so there only a name that was typed is judged.
  const judged = sources.connects || given(sources.inputs, 'environment') !== undefined
  const unknown = known.size > 0 && !known.has(name)
  if (judged && unknown) reportUnknown(asked, [...known.keys()], sources)
  const unnamed = asked.source === UNNAMED && sources.inputs.entry === 'action'
  const settings = known.get(name) ?? {}
  return {
    environment: makeEnvironment({ ...asked, value: name }, settings, sources),
    settings,
    known: !unknown && !unnamed,
    named: !unknown && asked.source !== UNNAMED,
  }
}

function chooseName(sources: Sources): Chosen<string> {
  const { inputs, ledger, connects } = sources
  const named = given(inputs, 'environment') ?? variable(inputs, 'ENVIRONMENT')
  const asked = named ?? (inputs.entry === 'cli' ? variable(inputs, 'NODE_ENV') : undefined)
  if (asked === undefined && inputs.entry === 'action' && connects) {
    ledger.problems.push({
      message: 'No environment is named.',
      help: `Give ${callInput(inputs, 'environment')}, for example staging or production.`,
    })
  }
  if (asked !== undefined && !/^\P{Cc}{1,255}$/u.test(asked.value)) {
    ledger.problems.push({
      message: `The environment ${showValue(asked.value)} of ${asked.source} is no name.`,
      help: 'A name has 1 to 255 characters, all of them printable.',
    })
  }
  return asked ?? { value: 'local', source: UNNAMED }
}

function resolveAlias(name: string, known: ReadonlyMap<string, unknown>): string {
  if (known.has(name)) return name
  const pair = ALIASES.find((names) => names.some((alias) => alias === name))
  return pair?.find((alias) => known.has(alias)) ?? name
}

function reportUnknown(asked: Chosen<string>, names: readonly string[], sources: Sources): void {
  const meant = didYouMean(asked.value, names)
  const list = names.slice(0, 20).map(showName).join(', ')
  sources.ledger.problems.push({
    message: `The environment ${showValue(asked.value)} (from ${asked.source}) is not in ${sources.file?.name}.`,
    help: `${meant === undefined ? '' : `Did you mean ${showName(meant)}? `}Environments there: ${list}. Choose with ${callInput(sources.inputs, 'environment')}.`,
  })
}

function showName(name: string): string {
  return /^[\w.-]{1,80}$/.test(name) ? name : showValue(name)
}

function makeEnvironment(
  name: Chosen<string>,
  settings: EnvironmentSettings,
  { ledger, file }: Sources,
): Environment {
  const chosen = classOf(name.value, settings)
  ledger.provenance.push(
    { name: 'environment', value: name.value, source: name.source },
    {
      name: 'class',
      value: chosen,
      source: settings.class ? (file?.name ?? '') : 'the name of the environment',
    },
  )
  return {
    name: name.value,
    class: chosen,
    requireApproval: settings.require_approval ?? false,
    urlVariable: settings.url_env ?? 'DATABASE_URL',
  }
}

/** What the file says, else by the name; a name that says nothing is production. */
export function classOf(name: string, settings: EnvironmentSettings): EnvironmentClass {
  const word = name.toLowerCase()
  return settings.class ?? (Object.hasOwn(CLASSES, word) ? CLASSES[word] : undefined) ?? 'production'
}
