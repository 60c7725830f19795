import type { Inputs } from '../model/inputs.js'
import { given, variable } from './given.js'
import { secretSpellings } from './secrets.js'
import type { Sources } from './sources.js'

/** Every spelling of every secret this run was given, those of the other environments of the file included. */
export function collectSecrets({ inputs, file }: Sources): string[] {
  const environments = Object.values(file?.document.database?.environments ?? {})
  const variables = [
    'DATABASE_URL',
    ...environments.map((environment) => environment?.url_env ?? 'DATABASE_URL'),
  ]
  const urls = [given(inputs, 'database-url'), ...variables.map((name) => variable(inputs, name))]
  const spellings = urls.flatMap((url) => (url === undefined ? [] : secretSpellings(url.value)))
  return [...new Set([...spellings, ...serviceKey(inputs)])]
}

function serviceKey(inputs: Inputs): string[] {
  const key = variable(inputs, 'SUPABASE_SERVICE_KEY')
  return key === undefined ? [] : [key.value]
}
