import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { OUTPUTS } from '../../src/render/outputs.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject, theShop } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const inputs = { command: 'migrate', environment: 'staging' }

eachMajor('the action', (major) => {
  inNode24('takes the example project to a database, and has nothing to do the next time', async () => {
    await using database = await aDatabase({ major })
    await using project = await theShop()
    const env = { STAGING_DATABASE_URL: database.url }
    const first = await runStep({ bundle, project, inputs, env })
    expect(first.log.join('\n')).toContain('12_product_search.sql applied')
    expect(first).toMatchObject({ exitCode: 0, conclusion: 'success', stderr: '', annotations: [] })
    expect(Object.keys(first.outputs).sort()).toEqual(Object.keys(OUTPUTS).sort())
    expect(first.droppedOutputs).toEqual({})
    expect(first.outputs).toMatchObject({
      ready: 'true',
      status: 'applied',
      'pending-count': '0',
      pending: '[]',
      'applied-count': '12',
      'current-version': '12',
      'failed-version': '',
      'drift-count': '0',
      'findings-count': '0',
      'plan-hash': expect.stringMatching(/^v1:sha256:[0-9a-f]{64}$/),
      'duration-ms': expect.stringMatching(/^\d+$/),
    })
    expect(JSON.parse(first.outputs.applied ?? '')).toHaveLength(12)
    expect(first.summary.split('\n')[0]).toMatch(/^## ✅ 12 migrations applied to `staging`/)
    expect(first.summary).toContain(
      '| `11` | `11_index_orders_by_customer.sql` | ✅ applied | no-transaction |',
    )

    const again = await runStep({ bundle, project, inputs, env })
    expect(again).toMatchObject({ exitCode: 0, annotations: [], droppedOutputs: {} })
    expect(again.outputs).toMatchObject({
      ready: 'true',
      status: 'up-to-date',
      'applied-count': '0',
      applied: '[]',
      'current-version': '12',
    })
    expect(again.summary.split('\n')[0]).toMatch(/^## ✅ Nothing to do on `staging`/)
  })
})

describe('a step with the action', () => {
  inNode24('records who ran it, the run, its attempt and the commit', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const env = { DATABASE_URL: database.url, GITHUB_RUN_ATTEMPT: '3' }
    expect((await runStep({ bundle, project, inputs, env })).outputs.ready).toBe('true')
    expect(await database.query('SELECT applied_by FROM devflow.schema_migrations')).toEqual([
      { applied_by: 'octocat' },
    ])
    const rows = await database.query(
      'SELECT executed_by, environment, run_url, run_attempt, commit_sha FROM devflow.migration_history WHERE event = $$applied$$',
    )
    expect(rows[0]).toEqual({
      executed_by: 'octocat',
      environment: 'staging',
      run_url: 'https://github.com/acme/shop/actions/runs/42',
      run_attempt: 3,
      commit_sha: '0123456789abcdef0123456789abcdef01234567',
    })
  })

  inNode24('folds its log by stage, and puts the verdict outside of every fold', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const { log } = await runStep({ bundle, project, inputs, env: { DATABASE_URL: database.url } })
    const folds = log.filter((line) => line.startsWith('##['))
    const names = ['Validate the files', 'Plan', 'Rehearse', 'Apply', 'Verify']
    expect(folds).toEqual(names.flatMap((name) => [`##[group]${name}`, '##[endgroup]']))
    const verdict = log.findIndex((line) => line.includes('1 migration applied to staging'))
    expect(verdict).toBeGreaterThan(log.lastIndexOf('##[endgroup]'))
  })

  inNode24('masks the secrets before its first line', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const result = await runStep({ bundle, project, inputs, env: { DATABASE_URL: database.url } })
    const isMask = (line: string) => line.startsWith('::add-mask::')
    const firstOther = result.raw.findIndex((line) => !isMask(line))
    expect(firstOther).toBeGreaterThan(0)
    expect(result.raw.slice(firstOther).filter(isMask)).toEqual([])
    expect(result.masks).toContain(database.url)
    expect(result.masks).toContain(new URL(database.url).password)
  })

  inNode24('works in the folder below the workspace that working-directory names', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'services/billing/devflow.yml': 'version: "1"\ndatabase:\n  migrations:\n    directory: db\n',
      'services/billing/db/01_a.sql': 'CREATE TABLE a ();',
      'services/billing/db/02_b.sql': 'CREATE TABEL b ();',
    })
    const steps = { ...inputs, 'working-directory': 'services/billing' }
    const result = await runStep({ bundle, project, inputs: steps, env: { DATABASE_URL: database.url } })
    expect(result.outputs).toMatchObject({ ready: 'false', 'applied-count': '0' })
    expect(result.annotations).toMatchObject([{ file: 'services/billing/db/02_b.sql', line: 1, column: 8 }])
    await project.write('services/billing/db/02_b.sql', 'CREATE TABLE b ();')
    const mended = await runStep({ bundle, project, inputs: steps, env: { DATABASE_URL: database.url } })
    expect(mended.outputs).toMatchObject({ ready: 'true', 'applied-count': '2' })
    expect(mended.report.directory).toBe('services/billing/db')
  })

  inNode24('reads inputs with hyphens, and a dry run applies nothing', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const asked = { ...inputs, 'database-url': database.url, 'dry-run': 'true', 'lock-timeout': '500ms' }
    const { outputs, exitCode } = await runStep({ bundle, project, inputs: asked })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ ready: 'false', status: 'rehearsed', 'pending-count': '1' })
    const tables = await database.query(
      `SELECT relname FROM pg_class WHERE relname IN ('a', 'schema_migrations')`,
    )
    expect(tables).toEqual([])
  })

  inNode24('writes its log to the file that log-file names, too', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    const asked = { ...inputs, 'log-file': 'logs/migration_20260121.log' }
    await runStep({ bundle, project, inputs: asked, env: { DATABASE_URL: database.url } })
    const text = await project.read('logs/migration_20260121.log')
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Connecting to /m)
    expect(text).toContain('1 migration applied to staging')
    expect(text).not.toContain('::')
  })

  inNode24(
    'writes its findings for code scanning and for other servers, whatever becomes of it',
    async () => {
      await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABEL a ();' })
      const asked = {
        command: 'validate',
        'sarif-file': 'out/findings.sarif',
        'junit-file': 'out/findings.xml',
      }
      const { exitCode, annotations } = await runStep({ bundle, project, inputs: asked })
      expect(exitCode).toBe(1)
      expect(annotations.map(({ file, line }) => [file, line])).toEqual([['migrations/01_a.sql', 1]])
      const [run] = JSON.parse(await project.read('out/findings.sarif')).runs
      expect(run.results[0].locations[0].physicalLocation.artifactLocation).toEqual({
        uri: 'migrations/01_a.sql',
        uriBaseId: '%SRCROOT%',
      })
      expect(await project.read('out/findings.xml')).toContain('<failure type="syntax-error"')
    },
  )
})
