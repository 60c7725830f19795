import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { parseReport } from '../support/report-file.js'
import { type CliResult, runCli } from '../support/run-cli.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

/** `devflow db …` as it is written in a document. */
function devflow(line: string, cwd: string, env: Record<string, string | undefined>): Promise<CliResult> {
  return runCli(bundle.cli, line.split(' ').slice(1), { cwd, env })
}

const environments = `  environments:
    local:
      url_env: DATABASE_URL
    staging:
      url_env: DATABASE_URL  # Set in GitHub Actions
    production:
      url_env: DATABASE_URL
      require_approval: true
`

const aocodex = `version: "1"

project:
  name: aocodex

database:
  migrations:
    directory: supabase/migrations
    format: sql  # or 'supabase' to use Supabase CLI
    tracking_table: schema_migrations
    tracking_schema: public

${environments}`

const aosentry = `version: "1"

project:
  name: aosentry

database:
  migrations:
    directory: supabase/migrations
    format: supabase  # AOSentry uses Supabase, so use CLI executor
    tracking_table: schema_migrations
    tracking_schema: supabase_migrations  # Supabase CLI uses this schema

${environments}
secrets:
  provider: 1password
  vault: AOCyber
  mappings:
    - name: aosentry_database_url
      op_item: AOSentry Staging
      op_field: database_url
`

const supabaseFiles = {
  'supabase/migrations/20260101120000_users.sql': 'CREATE TABLE users (id int);',
  'supabase/migrations/20260102120000_orders.sql': 'CREATE TABLE orders (id int);',
}

describe('the job of a project with plain SQL files', () => {
  it('applies to staging and checks it, with its devflow.yml as it stands', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'devflow.yml': aocodex, ...supabaseFiles })
    const env = { DATABASE_URL: database.url, CI: 'true' }
    const before = await devflow('devflow db status --env staging --json', project.path, env)
    expect(before.exitCode).toBe(0)
    expect(parseReport(before.stdout)).toMatchObject({ status: 'pending', counts: { pending: 2 } })
    const migrated = await devflow('devflow db migrate --env staging --ci --json', project.path, env)
    expect(migrated.exitCode).toBe(0)
    const report = parseReport(migrated.stdout)
    expect(report).toMatchObject({ status: 'applied', ready: true, currentVersion: '20260102120000' })
    expect(report.applied.map(({ version }) => version)).toEqual(['20260101120000', '20260102120000'])
    const after = parseReport(
      (await devflow('devflow db status --env staging --json', project.path, env)).stdout,
    )
    expect(after).toMatchObject({ status: 'up-to-date', counts: { pending: 0, completed: 2 } })
    expect(await database.query('SELECT version FROM public.schema_migrations ORDER BY 1')).toHaveLength(2)
    expect(await database.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'devflow'`)).toEqual([])
  })

  it('ends with 1 where a migration fails, and the failure is in the tracking table', async () => {
    await using database = await aDatabase()
    const wrong = { 'supabase/migrations/20260103120000_wrong.sql': 'ALTER TABLE nowhere ADD x int;' }
    await using project = await aProject({ 'devflow.yml': aocodex, ...supabaseFiles, ...wrong })
    const env = { DATABASE_URL: database.url }
    const { exitCode, stdout } = await devflow(
      'devflow db migrate --env staging --ci --json',
      project.path,
      env,
    )
    expect(exitCode).toBe(1)
    expect(parseReport(stdout)).toMatchObject({ ready: false, failedVersion: '20260103120000' })
    const rows = await database.query(`SELECT version FROM public.schema_migrations WHERE status = 'failed'`)
    expect(rows).toEqual([{ version: '20260103120000' }])
  })

  it('rehearses on production, and is refused there in one sentence while no approval can be proven', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'devflow.yml': aocodex, ...supabaseFiles })
    const env = { DATABASE_URL: database.url, CONFIRM_PRODUCTION_MIGRATION: 'true' }
    const dry = await devflow('devflow db migrate --env production --ci --dry-run --json', project.path, env)
    expect(dry.exitCode).toBe(0)
    expect(parseReport(dry.stdout)).toMatchObject({ status: 'rehearsed', dryRun: true, ready: false })
    const wet = await devflow('devflow db migrate --env production --ci --json', project.path, env)
    expect(wet.exitCode).toBe(1)
    const report = parseReport(wet.stdout)
    expect(report).toMatchObject({
      status: 'refused',
      problems: [{ message: expect.stringContaining('require_approval') }],
    })
    expect(report.problems).toHaveLength(1)
    expect(
      await database.query(`SELECT 1 FROM pg_class WHERE relname IN ('users', 'schema_migrations')`),
    ).toEqual([])
  })
})

describe('the job of a project that wants the Supabase CLI', () => {
  it('has its devflow.yml read as it stands, and is told what is missing where there is no CLI', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'devflow.yml': aosentry, ...supabaseFiles })
    const env = { DATABASE_URL: database.url, PATH: '/nonexistent' }
    const status = await devflow('devflow db status --env staging --json', project.path, env)
    expect(parseReport(status.stdout)).toMatchObject({ exitCode: 0, status: 'pending' })
    const run = await devflow('devflow db migrate --env staging --ci --json', project.path, env)
    const { exitCode, problems } = parseReport(run.stdout)
    expect(exitCode).toBe(2)
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('The Supabase CLI is not here') }),
    ])
    const validated = await devflow('devflow db validate --json', project.path, env)
    expect(parseReport(validated.stdout)).toMatchObject({ exitCode: 0, status: 'valid' })
  })

  it('asks 1Password for nothing where the variable is set, and says what is missing where it is not', async () => {
    const plain = aosentry.replace('format: supabase ', 'format: sql ')
    await using project = await aProject({ 'devflow.yml': plain, ...supabaseFiles })
    await using database = await aDatabase()
    const env = { DATABASE_URL: database.url }
    const there = parseReport(
      (await devflow('devflow db plan --env staging --json', project.path, env)).stdout,
    )
    expect(there.exitCode).toBe(0)
    expect(there.notes.join()).toContain('secrets is not asked for the database URL')
    const missing = await devflow('devflow db plan --env staging --json', project.path, {})
    expect(missing.exitCode).toBe(2)
    expect(parseReport(missing.stdout).problems[0]?.message).toMatch(
      /1Password can not be asked: the variable OP_SERVICE_ACCOUNT_TOKEN is not set/,
    )
  })
})

describe('the variables of the custom runner', () => {
  const files = {
    'migrations/01_users.sql': 'BEGIN;\nCREATE TABLE users (id int);\nCOMMIT;\n',
    'migrations/02_orders.sql': 'BEGIN;\nCREATE TABLE orders (id int);\nCOMMIT;\n',
  }

  it('reach production only with CONFIRM_PRODUCTION_MIGRATION=true', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url, NODE_ENV: 'production', GITHUB_ACTOR: 'octocat' }
    const refused = await devflow('devflow db migrate', project.path, env)
    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toContain('CONFIRM_PRODUCTION_MIGRATION=true')
    const first = await devflow('devflow db migrate --version=01', project.path, {
      ...env,
      CONFIRM_PRODUCTION_MIGRATION: 'true',
    })
    expect(first.exitCode).toBe(0)
    expect(await database.query('SELECT version, applied_by FROM devflow.schema_migrations')).toEqual([
      { version: '01', applied_by: 'octocat' },
    ])
  })

  it('show a dry run, and with --verbose where each value came from', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url }
    const { exitCode, stdout, stderr } = await devflow(
      'devflow db migrate --dry-run --verbose',
      project.path,
      env,
    )
    expect(exitCode).toBe(0)
    expect(stdout).toContain('2 migrations rehearsed on local')
    expect(stderr).toMatch(/dry-run +true +from the flag --dry-run/)
    expect(stderr).toMatch(/database-url +\*\*\* +from the variable DATABASE_URL/)
    expect(await database.query(`SELECT 1 FROM pg_class WHERE relname = 'users'`)).toEqual([])
  })

  it('refuse a version that is out of turn, naming the older pending ones', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const { exitCode, stdout } = await devflow('devflow db migrate --version=02 --json', project.path, {
      DATABASE_URL: database.url,
    })
    expect(exitCode).toBe(1)
    const report = parseReport(stdout)
    expect(report.status).toBe('refused')
    expect(JSON.stringify(report.problems)).toContain('01')
  })
})

describe('the variables of the deployment script', () => {
  const files = {
    'supabase/migrations/2026-01-19_create_activity_logs.sql': 'CREATE TABLE activity_logs (id int);',
    'supabase/migrations/2026-01-19_add_index.sql':
      '-- @depends-on: 2026-01-19_create_activity_logs.sql\nCREATE INDEX ON activity_logs (id);',
  }

  it('choose the environment, the dry run and the timeout, and what does nothing says so', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const { exitCode, stdout, stderr } = await devflow('devflow db migrate --json', project.path, {
      DATABASE_URL: database.url,
      ENVIRONMENT: 'staging',
      DRY_RUN: 'true',
      TIMEOUT: '600',
      DEBUG: 'true',
      FORCE_RUN: 'true',
      SKIP_BACKUP: 'true',
      PARALLEL_JOBS: '4',
    })
    expect([exitCode, stderr.includes('Rehearse')]).toEqual([0, true])
    const report = parseReport(stdout)
    expect(report).toMatchObject({ environment: 'staging', dryRun: true, status: 'rehearsed' })
    expect(report.notes.join('\n')).toContain('The variable PARALLEL_JOBS is set; it does nothing')
    expect(report.rehearsal.map(({ name }) => name)).toEqual([
      '2026-01-19_create_activity_logs.sql',
      '2026-01-19_add_index.sql',
    ])
  })

  it('keep DRY_RUN=true whatever a flag says', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url, DRY_RUN: 'true' }
    const { stdout } = await devflow('devflow db migrate --dry-run=false --json', project.path, env)
    expect(parseReport(stdout)).toMatchObject({ dryRun: true, counts: { applied: 0 } })
  })

  it('write the log of a run to the file of its day', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const env = { DATABASE_URL: database.url, ENVIRONMENT: 'dev' }
    const line = 'devflow db migrate --log-file logs/migration_20260121.log'
    expect((await devflow(line, project.path, env)).exitCode).toBe(0)
    const log = await project.read('logs/migration_20260121.log')
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT\S+Z .*2026-01-19_add_index\.sql applied/m)
    expect(log).toContain('2 migrations applied to dev')
    expect((await devflow(line, project.path, env)).exitCode).toBe(0)
    expect((await project.read('logs/migration_20260121.log')).startsWith(log)).toBe(true)
  })
})
