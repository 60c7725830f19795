import type { Inputs } from '../model/inputs.js'
import { SHADOW_VARIABLE } from './choose-rehearsal.js'
import { given, variable } from './given.js'
import { secretSpellings, spellSecret } from './secrets.js'
import type { Sources } from './sources.js'

/** Every spelling of every secret this run was given, those of the other environments of the file included. */
export function collectSecrets({ inputs, file }: Sources): string[] {
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
  return [...new Set([...spellings, ...plainSecrets(inputs)])]
}

/** What is no URL: it is secret as it is. */
function plainSecrets(inputs: Inputs): string[] {
  const all = [
    variable(inputs, 'SUPABASE_SERVICE_KEY'),
    variable(inputs, 'GITHUB_TOKEN'),
    given(inputs, 'github-token'),
  ]
  return all.flatMap((each) => (each === undefined ? [] : spellSecret(each.value)))
}

/** A proxy's URL can hold a password. */
const PROXIES = ['https_proxy', 'HTTPS_PROXY']
