import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { inNode24 } from '../action/a-job.js'
import { read } from '../repository/tree.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aShop, TABLES } from './a-shop.js'
import { runWorkflow, type WorkflowOptions } from './run-workflow.js'

const text = read('.github/workflows/staging.yml')

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

function staging(database: TestDatabase, asked: Partial<WorkflowOptions> & Pick<WorkflowOptions, 'project'>) {
  return runWorkflow(text, { bundle, secrets: { STAGING_DATABASE_URL: database.url }, ...asked })
}

describe('the staging workflow', () => {
  inNode24(
    'validates, rehearses, applies just that and verifies, and the next time has nothing to do',
    async () => {
      await using database = await aDatabase()
      await using project = await aShop()
      const first = await staging(database, { project })
      expect(first.outputs).toEqual({ ready: 'true', status: 'applied', 'applied-count': '2' })
      expect(first.jobs.migrate?.steps.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
        'Check out: success',
        'Validate: success',
        'Dry run: success',
        'Migrate: success',
        'Verify: success',
        'Ready: success',
        'How to go on: skipped',
      ])
      expect((await database.query<{ names: string }>(TABLES))[0]?.names).toBe('orders users')
      const again = await staging(database, { project })
      expect(again.outputs).toEqual({ ready: 'true', status: 'up-to-date', 'applied-count': '' })
    },
  )

  inNode24('stops after the dry run where it is told to, and is not ready', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    const run = await staging(database, {
      project,
      event: { name: 'workflow_dispatch' },
      inputs: { 'dry-run': true },
    })
    expect(run.outputs).toMatchObject({ ready: 'false', status: 'rehearsed' })
    expect((await database.query<{ names: string }>(TABLES))[0]?.names).toBe('')
  })

  inNode24('says how to go on where a file fails, and is not ready', async () => {
    await using database = await aDatabase()
    await using project = await aShop()
    await project.write('migrations/03_broken.sql', 'SELECT 1 / 0;\n')
    const { jobs, outputs } = await staging(database, { project })
    expect(jobs.migrate?.result).toBe('failure')
    expect(outputs.ready).not.toBe('true')
    expect(jobs.migrate?.summary).toContain('### How to go on')
    expect(jobs.migrate?.summary).toContain('nothing was applied')
  })
})
