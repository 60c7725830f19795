import type { HealthVerdict } from '../model/health.js'
import { askHttp } from './ask-http.js'
import type { Look } from './look.js'

/**
 * The REST API of a Supabase project, which reads the schema anew after a migration: its root answers with what it
 * serves. A key of the older kind is a JWT, and is the bearer token too; one of the newer (`sb_…`) is not.
 */
export const lookAtSupabase: Look<'supabase'> = async ({ keyVariable, timeoutMs }, place) => {
  const base = (place.variableOf('SUPABASE_URL') ?? '').replace(/\/+$/, '')
  const key = place.variableOf(keyVariable) ?? ''
  const answer = await askHttp(
    {
      url: `${base}/rest/v1/`,
      headers: { apikey: key, ...(key.startsWith('eyJ') ? { authorization: `Bearer ${key}` } : {}) },
      isSecret: true,
      timeoutMs,
    },
    place,
  )
  if ('problem' in answer) return answer.problem
  return answer.status >= 200 && answer.status < 300
    ? { state: 'passed' }
    : explain(answer.status, keyVariable)
}

function explain(status: number, keyVariable: string): HealthVerdict {
  const message = `it answered ${status}, and one of 200 to 299 is expected`
  if (status === 401 || status === 403)
    return {
      state: 'failed',
      message,
      help: `Look at the key in ${keyVariable}: it may be of another project, or not be let to read what the API serves; a secret key is.`,
    }
  if (status === 404)
    return { state: 'failed', message, help: 'Look at SUPABASE_URL: it is the address of the project alone.' }
  return {
    state: 'failed',
    message,
    help: "Look at the log of the API. After a change of the schema it may need NOTIFY pgrst, 'reload schema'.",
  }
}
