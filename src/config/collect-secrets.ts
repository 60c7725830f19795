import type { Inputs } from '../model/inputs.js'
import { SHADOW_VARIABLE } from './choose-rehearsal.js'
import { passwordVariableOf } from './choose-supabase-project.js'
import { given, variable } from './given.js'
import { keyVariablesOf } from './health-variables.js'
import { notificationVariables } from './notification-variables.js'
import { secretSpellings, spellSecret } from './secrets.js'
import type { Sources } from './sources.js'

/** Every spelling of every secret this run was given, those of the other environments of the file included. */
export function collectSecrets(sources: Sources): string[] {
  const { inputs, file } = sources
  const environments = Object.values(file?.document.database?.environments ?? {})
  const variables = [
    'DATABASE_URL',
    ...environments.map((environment) => environment?.url_env ?? 'DATABASE_URL'),
  ]
  const shadows = [
    SHADOW_VARIABLE,
    ...environments.flatMap((environment) => environment?.shadow_url_env ?? []),
  ]
  const urls = [
    given(inputs, 'database-url'),
    given(inputs, 'shadow-url'),
    ...[...variables, ...shadows, ...PROXIES].map((name) => variable(inputs, name)),
  ]
  const spellings = urls.flatMap((url) => (url === undefined ? [] : secretSpellings(url.value)))
  return [...new Set([...spellings, ...plainSecrets(inputs), ...secretsAround(sources)])]
}

/** What is no URL: it is secret as it is. */
function plainSecrets(inputs: Inputs): string[] {
  const all = [
    variable(inputs, 'SUPABASE_SERVICE_KEY'),
    variable(inputs, 'SUPABASE_ACCESS_TOKEN'),
    variable(inputs, 'GITHUB_TOKEN'),
    given(inputs, 'github-token'),
  ]
  return all.flatMap((each) => (each === undefined ? [] : spellSecret(each.value)))
}

/**
 * What `secrets` of the file gave, the token that it was asked with, and what health checks and notifications hold: a
 * webhook's URL lets whoever has it write.
 */
function secretsAround({ inputs, file }: Sources): string[] {
  const environments = Object.values(file?.document.database?.environments ?? {})
  const all = [file?.document.database?.health, ...environments.map((environment) => environment?.health)]
  const checks = all.flatMap((health) => [...(health?.before ?? []), ...(health?.after ?? [])])
  const names = [
    'OP_SERVICE_ACCOUNT_TOKEN',
    'SUPABASE_DB_PASSWORD',
    ...environments.flatMap((environment) => passwordVariableOf(environment ?? {}) ?? []),
    ...Object.keys(inputs.origins ?? {}),
    ...checks.flatMap(keyVariablesOf),
    ...notificationVariables(file?.document.notifications),
  ]
  return [...new Set(names)].flatMap((name) => {
    const value = variable(inputs, name)?.value
    return value === undefined ? [] : [...spellSecret(value), ...pathOf(value).flatMap(spellSecret)]
  })
}

/** The part of a webhook's URL that is the secret, alone: a message may name it without its server. */
function pathOf(value: string): string[] {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const path = url?.protocol === 'https:' || url?.protocol === 'http:' ? url.pathname + url.search : ''
  return path.length >= SHORTEST_PATH ? [path] : []
}

const SHORTEST_PATH = 12

/** A proxy's URL can hold a password. */
const PROXIES = ['https_proxy', 'HTTPS_PROXY']
