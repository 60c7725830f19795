import { describe, expect, it } from '@jest/globals'
import { passwordVariableOf, supabaseProjectUrl } from '../../src/config/choose-supabase-project.js'
import type { Inputs } from '../../src/model/inputs.js'

const project = 'abcdefghijklmnopqrst'

function given(variables: Record<string, string>): { inputs: Inputs } {
  return { inputs: { entry: 'cli', given: {}, variables, folder: '/', ci: true, verbose: false } }
}

describe('the URL of a project in Supabase’s cloud', () => {
  it('is the session pooler’s where one is named, with the password encoded', () => {
    const pooler = 'aws-0-eu-central-1.pooler.supabase.com'
    expect(
      supabaseProjectUrl({ supabase: { project, pooler } }, given({ SUPABASE_DB_PASSWORD: 'a/b@c' })),
    ).toEqual({
      value: `postgresql://postgres.${project}:a%2Fb%40c@${pooler}:5432/postgres`,
      source: `the project ${project} and the variable SUPABASE_DB_PASSWORD`,
    })
  })

  it('is that of the database itself otherwise, with the password of the variable that is named', () => {
    const settings = { supabase: { project, password_env: 'STAGING_PASSWORD' } }
    expect(
      supabaseProjectUrl(settings, given({ STAGING_PASSWORD: 'x', SUPABASE_DB_PASSWORD: 'y' }))?.value,
    ).toBe(`postgresql://postgres:x@db.${project}.supabase.co:5432/postgres`)
    expect(passwordVariableOf(settings)).toBe('STAGING_PASSWORD')
  })

  it('is none without a password, and none where no project is named', () => {
    expect(supabaseProjectUrl({ supabase: { project } }, given({}))).toBeUndefined()
    expect(supabaseProjectUrl({}, given({ SUPABASE_DB_PASSWORD: 'y' }))).toBeUndefined()
    expect(passwordVariableOf({})).toBeUndefined()
  })
})
