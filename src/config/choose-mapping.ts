import { isSameEnvironment } from './is-same-environment.js'
import type { SecretsSettings } from './secrets-schema.js'

type Mapping = NonNullable<SecretsSettings['mappings']>[number]

/** What decides which mapping serves a variable. */
export interface MappingQuestion {
  readonly variable: string
  /** The environment of the run. */
  readonly environment: string
  /** Those of the file. */
  readonly environments: readonly string[]
  /** Those of the file that have their own value in this variable, of each of which it would be another. */
  readonly sharedBy: readonly string[]
  /** `project.name` of the file. */
  readonly project?: string
  /** A mapping serves only if it says so in words: without it the run has what it needs. */
  readonly onlyInWords?: boolean
}

/** The mapping; or why none of those by that name serves, as a clause; or nothing, where none has the name. */
export type ChosenMapping = { readonly mapping: Mapping } | { readonly why: string } | undefined

/**
 * The mapping for a variable in an environment. One item stands for one database: a mapping whose names tell of another
 * environment serves no other, and where several environments read one variable it has to be clear which it is for. A
 * guess is how a staging job reaches production.
 */
export function chooseMapping(mappings: readonly Mapping[], question: MappingQuestion): ChosenMapping {
  const named = mappings.filter(({ name }) => stands(name, question))
  if (named.length === 0) return undefined
  const serving = named.filter((mapping) => whyNot(mapping, question) === undefined)
  const inWords = serving.filter(({ environments }) => environments !== undefined)
  const [mapping, other] = inWords.length > 0 ? inWords : serving
  if (mapping === undefined)
    return {
      why: named.map((one) => `the mapping ${show(one.name)} ${whyNot(one, question)}`).join(', and '),
    }
  if (other === undefined) return { mapping }
  return {
    why: `the mappings ${show(mapping.op_item)} and ${show(other.op_item)} both are for it; say with environments which is for ${question.environment}`,
  }
}

/** `aosentry_database_url` stands for DATABASE_URL in the project aosentry. */
function stands(name: string, { variable, project }: MappingQuestion): boolean {
  const wanted = plain(variable)
  return plain(name) === wanted || (project !== undefined && plain(name) === `${plain(project)}_${wanted}`)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_')
}

function whyNot(mapping: Mapping, question: MappingQuestion): string | undefined {
  const { environment, sharedBy, variable, onlyInWords } = question
  const { environments } = mapping
  if (environments !== undefined)
    return environments.some((name) => isSameEnvironment(name, environment))
      ? undefined
      : `is for ${list(environments)}`
  if (onlyInWords) return `does not say environments: [${environment}]`
  const told = environmentsIn(mapping, question)
  if (told.length > 0)
    return told.some((name) => isSameEnvironment(name, environment))
      ? undefined
      : `is for ${list(told)} by its names`
  if (sharedBy.length <= 1) return undefined
  return `does not say for which of ${list(sharedBy)} it is, which all read ${variable}; say environments: [${environment}]`
}

/** What environments are called; a name of the file is added to them. */
const USUAL = [
  'local',
  'dev',
  'development',
  'test',
  'staging',
  'stage',
  'preview',
  'uat',
  'prod',
  'production',
]

/** The longest name counts: `Shop EU Production` is for eu-production, not for production. */
function environmentsIn({ name, op_item, op_field }: Mapping, { environments }: MappingQuestion): string[] {
  const words = [name, op_item, op_field].map((text) => `_${plain(text)}_`)
  const found = [...new Set([...environments, ...USUAL])].filter((one) =>
    words.some((text) => text.includes(`_${plain(one)}_`)),
  )
  return found.filter((one) => !found.some((other) => other.length > one.length && holds(other, one)))
}

function holds(longer: string, shorter: string): boolean {
  return `_${plain(longer)}_`.includes(`_${plain(shorter)}_`)
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function show(text: string): string {
  return JSON.stringify(text)
}
