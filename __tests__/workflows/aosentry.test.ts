import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { read } from '../repository/tree.js'
import { cliPath, theCli } from '../supabase/a-cli.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, type Project } from '../support/a-project.js'
import { needs } from '../support/needs.js'
import { node24 } from '../support/node24.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { runWorkflow } from './run-workflow.js'

const all = needs(theCli('newest'), { what: 'Node.js 24', isThere: node24() !== undefined })

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

/** As the document has it, 1Password and all. */
const devflowYml = (format: string) => `version: "1"

project:
  name: aosentry

database:
  migrations:
    directory: supabase/migrations
    format: ${format}
    tracking_table: schema_migrations
    tracking_schema: supabase_migrations

  environments:
    local:
      url_env: DATABASE_URL
    staging:
      url_env: DATABASE_URL
    production:
      url_env: DATABASE_URL
      require_approval: true

secrets:
  provider: 1password
  vault: AOCyber
  mappings:
    - name: aosentry_database_url
      op_item: AOSentry Staging
      op_field: database_url
`

async function anAOSentry(format: string): Promise<Project> {
  const project = await aProject({
    'devflow.yml': devflowYml(format),
    'supabase/migrations/20260101000000_events.sql': 'CREATE TABLE events (id bigint PRIMARY KEY);\n',
    'supabase/migrations/20260102000000_kinds.sql': 'ALTER TABLE events ADD COLUMN kind text;\n',
  })
  await mkdir(join(project.path, 'node_modules/.bin'), { recursive: true })
  await symlink(cliPath('newest'), join(project.path, 'node_modules/.bin/supabase'))
  return project
}

const workflow = read('examples/workflows/aosentry-build-and-deploy.yml').replaceAll(
  /npm install .*supabase@.*/g,
  './node_modules/.bin/supabase --version',
)

const BOTH = `SELECT (SELECT string_agg(version, ' ' ORDER BY version) FROM supabase_migrations.schema_migrations) AS theirs,
  (SELECT string_agg(version, ' ' ORDER BY version) FROM devflow.schema_migrations WHERE success) AS ours`

describe("AOSentry's workflow with the devflow.yml of its document", () => {
  all.it(
    'migrates staging with either executor, the one after the other',
    async () => {
      await using database = await aDatabase()
      const secrets = { STAGING_DATABASE_URL: database.url }
      await using supabase = await anAOSentry('supabase')
      const first = await runWorkflow(workflow, { bundle, project: supabase, secrets })
      expect(first.jobs).toMatchObject({
        'run-migrations-staging': { result: 'success' },
        'deploy-staging': { result: 'success' },
        'run-migrations-production': { result: 'skipped' },
      })
      const both = '20260101000000 20260102000000'
      expect(await database.query(BOTH)).toEqual([{ theirs: both, ours: both }])

      await using sql = await anAOSentry('sql')
      await sql.write('supabase/migrations/20260103000000_more.sql', 'CREATE TABLE more ();\n')
      const second = await runWorkflow(workflow, { bundle, project: sql, secrets })
      expect(second.jobs).toMatchObject({ 'run-migrations-staging': { result: 'success' } })
      const three = `${both} 20260103000000`
      expect(await database.query(BOTH)).toEqual([{ theirs: three, ours: three }])
      expect(second.jobs['run-migrations-staging']?.log).not.toContain('1Password')
    },
    120_000,
  )
})
