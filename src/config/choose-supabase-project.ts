import type { EnvironmentSettings } from './choose-environment.js'
import { variable } from './given.js'
import type { Chosen, Sources } from './sources.js'

/** The variable that holds the password of a project's database, unless the file names another. As the Supabase CLI has it. */
const PASSWORD_VARIABLE = 'SUPABASE_DB_PASSWORD'

/** Undefined where the environment names no project. */
export function passwordVariableOf({ supabase }: Pick<EnvironmentSettings, 'supabase'>): string | undefined {
  return supabase && (supabase.password_env ?? PASSWORD_VARIABLE)
}

/**
 * The database URL of a project in Supabase's cloud, made of its reference and the password alone: no access token is needed,
 * and nobody is asked. Undefined where the environment names no project, or its password is not there.
 */
export function supabaseProjectUrl(
  { supabase }: Pick<EnvironmentSettings, 'supabase'>,
  { inputs }: Pick<Sources, 'inputs'>,
): Chosen<string> | undefined {
  const password = variable(inputs, passwordVariableOf({ supabase }) ?? '')
  if (supabase === undefined || password === undefined) return undefined
  const { project, pooler } = supabase
  // Port 5432 of the pooler is its session mode; 6543 can hold no lock.
  const place = pooler === undefined ? `db.${project}.supabase.co` : pooler
  const user = pooler === undefined ? 'postgres' : `postgres.${project}`
  return {
    value: `postgresql://${user}:${encodeURIComponent(password.value)}@${place}:5432/postgres`,
    source: `the project ${project} and ${password.source}`,
  }
}
