import { describe, expect, it } from '@jest/globals'
import { loadDisk } from '../../src/config/load-disk.js'
import { makeConfig } from '../../src/config/make-config.js'
import type { Config } from '../../src/model/config.js'
import { aProject } from '../support/a-project.js'

async function configOf(folder: string, settings: readonly string[]): Promise<Config> {
  await using project = await aProject({
    [`${folder}/1_a.sql`]: 'SELECT 1;\n',
    'devflow.yml': `database:\n  migrations:\n    directory: ${folder}\n${settings.map((line) => `    ${line}\n`).join('')}`,
  })
  const given = { command: 'status', environment: 'test' }
  const variables = { DATABASE_URL: 'postgresql://a@localhost/b' }
  return await makeConfig(
    { entry: 'cli', given, variables, folder: project.path, ci: true, verbose: false },
    loadDisk('1.0.0', undefined),
  )
}

const SUPABASE = 'supabase/migrations'

describe('the table of the Supabase CLI', () => {
  it.each<[string, readonly string[], Config['inStep']]>([
    [SUPABASE, [], 'both'],
    ['db/migrations', [], undefined],
    ['my-supabase/migrations', [], undefined],
    [`packages/api/${SUPABASE}`, [], 'both'],
    [SUPABASE, ['tracking: devflow'], undefined],
    [SUPABASE, ['tracking: supabase'], 'supabase'],
    ['db/migrations', ['tracking: both'], 'both'],
    ['db/migrations', ['tracking_schema: supabase_migrations'], 'both'],
    ['db/migrations', ['tracking_schema: supabase_migrations', 'tracking_table: other'], undefined],
    [SUPABASE, ['format: supabase'], undefined],
    [SUPABASE, ['use_supabase_cli: true'], undefined],
  ])('for %s with %j is kept in step: %p', async (folder, settings, inStep) => {
    expect((await configOf(folder, settings)).inStep).toBe(inStep)
  })

  it('is never the place of ours, which have more to tell', async () => {
    const { tracking, notes } = await configOf(SUPABASE, ['tracking_schema: supabase_migrations'])
    expect(tracking).toEqual({ schema: 'devflow', table: 'schema_migrations', configured: false })
    expect(notes.join()).toContain('kept in step')
  })

  it('leaves the place that is configured for ours', async () => {
    const { tracking, inStep } = await configOf(SUPABASE, ['tracking_schema: public'])
    expect({ tracking, inStep }).toEqual({
      tracking: { schema: 'public', table: 'schema_migrations', configured: true },
      inStep: 'both',
    })
  })
})

describe('stand-ins on shadows', () => {
  it.each<[string, readonly string[], Config['prelude']]>([
    [SUPABASE, [], 'as-target'],
    ['db/migrations', ['format: supabase'], 'as-target'],
    ['db/migrations', [], undefined],
    ['db/migrations', ['prelude: supabase'], 'always'],
    [SUPABASE, ['prelude: off'], undefined],
  ])('for %s with %j: %p', async (folder, settings, prelude) => {
    expect((await configOf(folder, settings)).prelude).toBe(prelude)
  })
})
