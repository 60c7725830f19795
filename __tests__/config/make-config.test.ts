import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { makeConfig } from '../../src/config/make-config.js'
import type { System } from '../../src/config/sources.js'
import type { Config } from '../../src/model/config.js'
import type { InputName, Inputs } from '../../src/model/inputs.js'
import { UserError } from '../../src/model/user-error.js'

const URL_OF_STAGING = 'postgresql://app:geheimnis@staging.example.com/shop'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devflow-config-'))
  await mkdir(join(folder, 'migrations'))
})

afterEach(() => rm(folder, { recursive: true }))

const system: System = {
  readFile: (path) =>
    readFile(path, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    }),
  exists: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
  readPlan: (path) => readFile(path, 'utf8').catch(() => undefined),
  readEvent: (path) => readFile(path, 'utf8').catch(() => undefined),
  osUser: 'ada',
  toolVersion: '0.1.0',
}

type Given = Partial<Record<InputName, string>>

/** A command line in the folder, with a database, unless overridden. */
function cli(given: Given = {}, variables: Record<string, string> = {}, more: Partial<Inputs> = {}): Inputs {
  return {
    entry: 'cli',
    given: { command: 'migrate', ...given },
    variables: { DATABASE_URL: URL_OF_STAGING, ...variables },
    folder,
    ci: false,
    verbose: false,
    ...more,
  }
}

/** The action in the workspace, on staging, with a database, unless overridden. */
function action(
  given: Given = {},
  variables: Record<string, string> = {},
  more: Partial<Inputs> = {},
): Inputs {
  return cli({ environment: 'staging', ...given }, variables, {
    entry: 'action',
    boundary: folder,
    ci: true,
    ...more,
  })
}

const make = (inputs: Inputs): Promise<Config> => makeConfig(inputs, system)

async function problemsOf(inputs: Inputs) {
  try {
    await make(inputs)
  } catch (error) {
    if (error instanceof UserError) return error.problems
    throw error
  }
  return []
}

const messagesOf = async (inputs: Inputs) => (await problemsOf(inputs)).map((problem) => problem.message)
const textOf = async (inputs: Inputs) =>
  (await problemsOf(inputs)).map((problem) => `${problem.message} ${problem.help}`).join('\n')

async function write(path: string, text: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const configure = (text: string) => write('devflow.yml', text)

const THREE = `database:
  environments:
    local: { url_env: LOCAL_URL }
    staging:
      url_env: STAGING_URL
      lock-timeout: 10s
      statement-timeout: 1m
      idle-in-transaction-session-timeout: 2m
      transaction-timeout: 1h
      lock-wait: 1h
    production: { url_env: PRODUCTION_URL, require_approval: true }
`

describe('makeConfig', () => {
  it('completes what nothing was said about with the defaults', async () => {
    const { redact, hide, variableOf, secrets, provenance, ...config } = await make(cli())
    expect(config).toEqual({
      command: 'migrate',
      changes: true,
      port: 8788,
      dryRun: false,
      environment: {
        name: 'local',
        class: 'development',
        requireApproval: false,
        urlVariable: 'DATABASE_URL',
      },
      format: 'sql',
      directory: join(folder, 'migrations'),
      boundary: join(folder, 'migrations'),
      backup: {
        verify: false,
        directory: join(folder, 'backups/migrations'),
        keep: 10,
        format: 'custom',
        jobs: 1,
      },
      base: folder,
      exclude: [],
      tracking: { schema: 'devflow', table: 'schema_migrations', configured: false },
      database: { url: URL_OF_STAGING },
      databaseSource: 'the variable DATABASE_URL',
      allowOutOfOrder: false,
      lockWaitMs: 300_000,
      timeouts: { lockMs: 3000, statementMs: 0, idleInTransactionMs: 0, transactionMs: 0 },
      transaction: 'file',
      rehearse: 'auto',
      gate: { ephemeral: 'no', reviewWindowMs: 0, comment: 'off' },
      adopt: { from: 'auto', accept: new Map(), undo: false },
      rehearsal: { lockMs: 1000, statementMs: 30_000, largeBytes: 10_485_760 },
      schemaDrift: 'warn',
      schemas: [],
      legacy: [],
      substitute: [],
      judging: {
        class: 'development',
        levels: new Map(),
        excludes: new Map(),
        force: false,
        forced: new Set(),
        postgres: 15,
        apiSchemas: [],
        apiConfigured: false,
        bigTables: [],
        all: false,
      },
      gaps: 'off',
      changed: 'error',
      fix: false,
      graphFormat: 'mermaid',
      confirmed: false,
      entry: 'cli',
      ci: false,
      verbose: false,
      debug: false,
      run: { actor: 'ada', toolVersion: '0.1.0' },
      notes: [],
    })
  })

  it('takes variables to fill in from the file, as literals unless it says otherwise', async () => {
    await configure(
      'database: { migrations: { substitute: [APP_PASSWORD, { name: APP_ROLE, as: identifier }, { name: KEY }] } }',
    )
    expect((await make(cli())).substitute).toEqual([
      { name: 'APP_PASSWORD', as: 'literal' },
      { name: 'APP_ROLE', as: 'identifier' },
      { name: 'KEY', as: 'literal' },
    ])
  })

  it('gives variables as they are, and empty ones not at all', async () => {
    const { variableOf } = await make(cli({}, { APP_PASSWORD: ' x ', EMPTY: '' }))
    expect(['APP_PASSWORD', 'EMPTY', 'NONE', 'constructor'].map(variableOf)).toEqual([
      ' x ',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('tells the mistakes of inputs, variables and file at once', async () => {
    await configure('database:\n  migratoins: {}\n')
    const inputs = cli(
      {
        command: 'migrte',
        'lock-timeout': '5',
        version: '1',
        to: '2',
        'tls-ca': 'nowhere.pem',
        'dry-run': 'maybe',
      },
      { TIMEOUT: '5m', DRY_RUN: 'ture', CONFIRM_PRODUCTION_MIGRATION: 'ok' },
    )
    expect(await messagesOf(inputs)).toEqual([
      'The command "migrte" is unknown.',
      'devflow.yml:2:3: unknown key "migratoins" in database.',
      'The file "nowhere.pem" of the flag --tls-ca does not exist.',
      'Both the flag --version and the flag --to are given.',
      'The flag --dry-run is "maybe"; it must be true or false (also yes, no, 1, 0).',
      'The variable DRY_RUN is "ture"; it must be true or false (also yes, no, 1, 0).',
      'The variable CONFIRM_PRODUCTION_MIGRATION is "ok"; it must be true or false (also yes, no, 1, 0).',
      'The flag --lock-timeout is "5"; it must be a duration with a unit (500ms, 3s, 5m, 1h), at most 24 days, or 0.',
      'The variable TIMEOUT is "5m"; it must be a whole number of seconds, at most 2147483.',
    ])
  })

  it('gives a way out with every mistake', async () => {
    const problems = await problemsOf(cli({ command: 'x', 'lock-wait': '5', config: 'no.yml' }))
    expect(problems).toHaveLength(3)
    for (const problem of problems) expect(problem.help).not.toBe('')
  })
})

describe('the command', () => {
  it('is suggested where it is misspelt, with the list', async () => {
    expect(await problemsOf(cli({ command: 'stauts' }))).toEqual([
      {
        message: 'The command "stauts" is unknown.',
        help: 'Did you mean status? Commands: validate, graph, status, plan, dry-run, migrate, verify, history, rollback, repair, baseline, adopt, backup, restore, new, serve.',
      },
    ])
  })

  it('is migrate in the action where none is named, and must be named on the command line', async () => {
    expect((await make(action({ command: '' }))).command).toBe('migrate')
    expect(await messagesOf(cli({ command: '' }))).toEqual(['No command is named.'])
  })

  it('can be setup in the action only, where it needs nothing else', async () => {
    await rm(join(folder, 'migrations'), { recursive: true })
    await configure('a mistake')
    expect((await make(action({ command: 'setup', environment: '' }, { DATABASE_URL: '' }))).command).toBe(
      'setup',
    )
    expect(await messagesOf(cli({ command: 'setup' }))).toContain('The command "setup" is unknown.')
  })

  it('dry-run is a dry run, and so is migrate with dry-run or DRY_RUN', async () => {
    expect((await make(cli({ command: 'dry-run' }))).dryRun).toBe(true)
    expect((await make(cli({ 'dry-run': 'true' }))).dryRun).toBe(true)
    expect((await make(cli({}, { DRY_RUN: 'YES' }))).dryRun).toBe(true)
    expect((await make(cli({ command: 'status' }, { DRY_RUN: 'true' }))).dryRun).toBe(false)
  })

  it.each([
    [{ 'dry-run': 'false' }, { DRY_RUN: 'true' }],
    [{ 'dry-run': 'true' }, { DRY_RUN: 'false' }],
    [{ command: 'dry-run', 'dry-run': 'false' }, { DRY_RUN: 'false' }],
  ])('stays a dry run whatever another source says: %j %j', async (given, variables) => {
    const config = await make(cli(given, variables))
    expect(config.dryRun).toBe(true)
    expect(config.notes.join()).toContain('the safer one holds: true')
  })
})

describe('the environment', () => {
  it.each([
    ['local', 'development'],
    ['dev', 'development'],
    ['development', 'development'],
    ['test', 'development'],
    ['staging', 'staging'],
    ['stage', 'staging'],
    ['preview', 'staging'],
    ['uat', 'staging'],
    ['production', 'production'],
    ['prod', 'production'],
    ['europe', 'production'],
    ['Staging', 'staging'],
    ['constructor', 'production'],
  ])('%s is of class %s by its name', async (environment, expected) => {
    expect((await make(cli({ environment }))).environment.class).toBe(expected)
  })

  it('is of the class that the file says', async () => {
    await configure('database: { environments: { europe: { class: staging } } }')
    expect((await make(cli({ environment: 'europe' }))).environment.class).toBe('staging')
  })

  it('comes from the input, else ENVIRONMENT, else NODE_ENV, else it is local', async () => {
    const all = { ENVIRONMENT: 'staging', NODE_ENV: 'production' }
    expect((await make(cli({ environment: 'uat' }, all))).environment.name).toBe('uat')
    expect((await make(cli({}, all))).environment.name).toBe('staging')
    expect((await make(cli({ environment: ' ' }, { ...all, ENVIRONMENT: '' }))).environment.name).toBe(
      'production',
    )
    expect((await make(cli())).environment.name).toBe('local')
  })

  it('must be named in the action for whatever connects; NODE_ENV does not count there', async () => {
    for (const command of ['status', 'plan', 'dry-run', 'migrate', 'verify', 'history']) {
      expect(await messagesOf(action({ command, environment: '' }, { NODE_ENV: 'production' }))).toEqual([
        'No environment is named.',
      ])
    }
    expect((await make(action({ command: 'validate', environment: '' }))).environment.name).toBe('local')
    expect((await make(action({ environment: '' }, { ENVIRONMENT: 'uat' }))).environment.name).toBe('uat')
  })

  it('tells once that none is named, not also that its URL is missing', async () => {
    expect(await messagesOf(action({ environment: '' }, { DATABASE_URL: '' }))).toEqual([
      'No environment is named.',
    ])
  })

  it('must be in the file where the file has environments', async () => {
    await configure(THREE)
    expect(await problemsOf(cli({ environment: 'stagin' }))).toEqual([
      {
        message: 'The environment "stagin" (from the flag --env) is not in devflow.yml.',
        help: 'Did you mean staging? Environments there: local, staging, production. Choose with the flag --env.',
      },
    ])
  })

  it('may have any name where the file has none', async () => {
    await configure('version: "1"')
    expect((await make(cli({ environment: 'anything' }))).environment.name).toBe('anything')
  })

  it('is not judged for validate unless somebody typed it', async () => {
    await configure('database: { environments: { staging: {} } }')
    expect((await make(cli({ command: 'validate' }, { NODE_ENV: 'test' }))).environment.name).toBe('test')
    expect(await messagesOf(cli({ command: 'validate', environment: 'test' }))).toHaveLength(1)
    expect(await messagesOf(cli({ command: 'status' }, { NODE_ENV: 'test' }))).toEqual([
      'The environment "test" (from the variable NODE_ENV) is not in devflow.yml.',
    ])
  })

  it.each([
    ['dev', 'development'],
    ['development', 'dev'],
    ['prod', 'production'],
    ['production', 'prod'],
  ])('%s is an alias of %s where only that is configured', async (asked, configured) => {
    await configure(`database: { environments: { ${configured}: { url_env: ITS_URL } } }`)
    const config = await make(cli({ environment: asked }, { ITS_URL: URL_OF_STAGING }))
    expect(config.environment).toMatchObject({ name: configured, urlVariable: 'ITS_URL' })
  })

  it('is no alias where both are configured', async () => {
    await configure('database: { environments: { dev: {}, development: { url_env: OTHER } } }')
    expect((await make(cli({ environment: 'dev' }))).environment.name).toBe('dev')
  })

  it.each(['a\nb', '\u001b[31mx', 'x'.repeat(256)])('refuses %j as a name', async (environment) => {
    expect(await messagesOf(cli({ environment }))).toEqual([expect.stringMatching(/is no name\.$/)])
  })

  it('tells once that it is unknown, not also that its URL is missing', async () => {
    await configure(THREE)
    expect(await messagesOf(cli({ environment: 'nowhere' }, { DATABASE_URL: '' }))).toHaveLength(1)
  })

  it('is local on the command line only where the file has it', async () => {
    await configure('database: { environments: { staging: {} } }')
    expect(await messagesOf(cli())).toEqual([
      'The environment "local" (from the default) is not in devflow.yml.',
    ])
  })

  it('is not found among what every object has', async () => {
    await configure(THREE)
    expect(await messagesOf(cli({ environment: 'toString' }))).toEqual([
      expect.stringContaining('is not in devflow.yml'),
    ])
  })

  it('takes require_approval from the file', async () => {
    await configure(THREE)
    const config = await make(cli({ environment: 'production' }, { PRODUCTION_URL: URL_OF_STAGING }))
    expect(config.environment.requireApproval).toBe(true)
  })
})

describe('the database URL', () => {
  it('comes from the input, else from the variable that url_env names', async () => {
    await configure(THREE)
    const variables = { STAGING_URL: URL_OF_STAGING, DATABASE_URL: 'postgres://wrong' }
    const fromVariable = await make(cli({ environment: 'staging' }, variables))
    expect(fromVariable.database).toEqual({ url: URL_OF_STAGING })
    expect(fromVariable.databaseSource).toBe('the variable STAGING_URL')
    const given = { environment: 'staging', 'database-url': 'postgres://given' }
    expect(await make(cli(given, variables))).toMatchObject({
      database: { url: 'postgres://given' },
      databaseSource: 'the flag --database-url',
    })
    expect((await make(action(given, variables))).databaseSource).toBe('the input database-url')
  })

  it('is never taken from another variable', async () => {
    await configure(THREE)
    expect(await problemsOf(cli({ environment: 'staging' }, { PRODUCTION_URL: 'postgres://x' }))).toEqual([
      {
        message: 'There is no database URL: the variable STAGING_URL is not set, or empty.',
        help: 'Set STAGING_URL, or give the flag --database-url.',
      },
    ])
  })

  it('counts as absent where it is empty or blank', async () => {
    for (const DATABASE_URL of ['', '  \n']) {
      expect(
        await messagesOf(cli({ environment: 'staging', 'database-url': '' }, { DATABASE_URL })),
      ).toHaveLength(1)
    }
  })

  it('loses the line end that a pasted secret has', async () => {
    expect((await make(cli({}, { DATABASE_URL: `${URL_OF_STAGING}\n` }))).database).toEqual({
      url: URL_OF_STAGING,
    })
  })

  it('is the local server for local on the command line only', async () => {
    const none = { DATABASE_URL: '' }
    const config = await make(cli({}, none))
    expect(config.database).toBe('embedded')
    expect(config.databaseSource).toBe('the local PostgreSQL')
    expect(await textOf(cli({}, none, { ci: true }))).toContain('The local PostgreSQL is not used with --ci')
    expect(await textOf(cli({}, { ...none, CI: 'true' }))).toContain('the variable DATABASE_URL is not set')
    expect(await textOf(cli({ environment: 'dev' }, none))).toContain('the variable DATABASE_URL is not set')
    expect(await textOf(action({ environment: 'local' }, none))).toContain(
      'the variable DATABASE_URL is not set',
    )
  })

  it('is missing also where ENVIRONMENT says local in the action', async () => {
    const variables = { ENVIRONMENT: 'local', DATABASE_URL: '' }
    expect(await messagesOf(action({ environment: '' }, variables))).toEqual([
      'There is no database URL: the variable DATABASE_URL is not set, or empty.',
    ])
  })

  it('tells in the action how to pass a secret', async () => {
    expect(await textOf(action({}, { DATABASE_URL: '' }))).toContain(
      `env: DATABASE_URL: \${{ secrets.DATABASE_URL }}, or give the input database-url`,
    )
  })

  it('is not needed by validate', async () => {
    const config = await make(cli({ command: 'validate', environment: 'staging' }, { DATABASE_URL: '' }))
    expect(config.database).toBeUndefined()
  })

  it('is not taken from a secret manager that has no mapping for it, which is said only where it is needed', async () => {
    await configure('secrets: { provider: 1password, vault: Team }')
    expect(await messagesOf(cli({ environment: 'staging' }, { DATABASE_URL: '' }))).toEqual([
      'There is no database URL: the variable DATABASE_URL is not set, or empty. devflow.yml:1:22: 1password was not asked: no mapping has the name DATABASE_URL.',
    ])
    expect((await make(cli())).notes).toEqual([
      'devflow.yml: secrets is not asked for the database URL, which comes from the variable DATABASE_URL.',
    ])
    const validate = cli({ command: 'validate', environment: 'local' }, { DATABASE_URL: '' })
    expect((await make(validate)).notes).toEqual([])
  })

  it('is made of the Supabase project that the environment names, where its own variable is not set', async () => {
    await configure(
      'database: { environments: { staging: { supabase: { project: abcdefghijklmnopqrst } } } }',
    )
    const given = { environment: 'staging' }
    const made = await make(cli(given, { DATABASE_URL: '', SUPABASE_DB_PASSWORD: 'geheim%wort' }))
    expect(made.database).toEqual({
      url: 'postgresql://postgres:geheim%25wort@db.abcdefghijklmnopqrst.supabase.co:5432/postgres',
    })
    expect(made.redact('geheim%wort geheim%25wort')).toBe('*** ***')
    expect((await make(cli(given, { SUPABASE_DB_PASSWORD: 'x' }))).database).toEqual({ url: URL_OF_STAGING })
    const missing = await textOf(cli(given, { DATABASE_URL: '', SUPABASE_ACCESS_TOKEN: 'sbp_token' }))
    expect(missing).toContain('SUPABASE_DB_PASSWORD is not set')
    expect(missing).toContain('An access token opens no connection')
  })

  it('is not made from a service key, which is said', async () => {
    const text = await textOf(
      cli(
        { environment: 'staging' },
        { DATABASE_URL: '', SUPABASE_URL: 'https://x.supabase.co', SUPABASE_SERVICE_KEY: 'schluessel' },
      ),
    )
    expect(text).toContain("a service key can't run migrations")
    expect(text).toContain('Set DATABASE_URL')
    expect(text).not.toContain('schluessel')
  })
})

describe('the folders', () => {
  it('default to migrations, else supabase/migrations', async () => {
    await rm(join(folder, 'migrations'), { recursive: true })
    await mkdir(join(folder, 'supabase/migrations'), { recursive: true })
    expect((await make(cli())).directory).toBe(join(folder, 'supabase/migrations'))
  })

  it('must be named where both defaults are there', async () => {
    await mkdir(join(folder, 'supabase/migrations'), { recursive: true })
    expect(await messagesOf(cli())).toEqual([
      'There are two migrations folders: both migrations and supabase/migrations exist.',
    ])
    expect((await make(cli({ directory: 'migrations' }))).directory).toBe(join(folder, 'migrations'))
  })

  it('must be there', async () => {
    expect(await messagesOf(cli({ directory: 'nowhere' }))).toEqual([
      'The migrations folder "nowhere" (from the flag --directory) does not exist.',
    ])
    await configure('database:\n  migrations:\n    directory: elsewhere\n')
    expect(await messagesOf(cli())).toEqual([
      'The migrations folder "elsewhere" (from devflow.yml:3:16) does not exist.',
    ])
    await rm(join(folder, 'migrations'), { recursive: true })
    await configure('version: "1"')
    expect(await messagesOf(cli())).toEqual([
      'There is no migrations folder: neither migrations nor supabase/migrations exists in ".".',
    ])
  })

  it('come from the input before the file', async () => {
    await mkdir(join(folder, 'a'))
    await configure('database: { migrations: { directory: b } }')
    expect((await make(cli({ directory: 'a' }))).directory).toBe(join(folder, 'a'))
  })

  it('start from the working directory, which is resolved first', async () => {
    await write('app/devflow.yml', 'database: { migrations: { directory: sql, tracking_table: t } }')
    await mkdir(join(folder, 'app/sql'))
    const config = await make(cli({ 'working-directory': 'app', 'log-file': 'logs/run.log' }))
    expect(config).toMatchObject({
      directory: join(folder, 'app/sql'),
      boundary: join(folder, 'app/sql'),
      base: folder,
      logFile: join(folder, 'app/logs/run.log'),
    })
    expect(config.tracking.table).toBe('t')
    expect(
      await messagesOf(cli({ 'working-directory': 'app', config: 'none.yml', directory: 'none' })),
    ).toHaveLength(2)
  })

  it('that a run writes into are of its own, and never among the migrations', async () => {
    const files = { 'log-file': 'run.log', 'sarif-file': 'out/f.sarif', 'junit-file': 'out/j.xml' }
    expect(await make(cli(files))).toMatchObject({
      sarifFile: join(folder, 'out/f.sarif'),
      junitFile: join(folder, 'out/j.xml'),
    })
    expect(
      await messagesOf(
        cli({ 'sarif-file': 'migrations/f.sarif', 'junit-file': 'run.log', 'log-file': 'run.log' }),
      ),
    ).toEqual([
      'sarif-file is "migrations/f.sarif", in the migrations folder.',
      `${JSON.stringify(join(folder, 'run.log'))} is named for two of log-file, sarif-file, junit-file and plan-file.`,
    ])
  })

  it('tells only that the working directory is missing, not all that would be in it', async () => {
    const given = { 'working-directory': 'nowhere', directory: 'x', 'tls-ca': 'y', config: 'z' }
    expect(await messagesOf(cli(given, { DATABASE_URL: '' }))).toEqual([
      'The folder "nowhere" of the flag --working-directory does not exist.',
    ])
  })

  it('lie inside the workspace in the action', async () => {
    const config = await make(action())
    expect([config.boundary, config.base]).toEqual([folder, folder])
    expect(
      await messagesOf(action({ directory: '..', config: '../x.yml', 'tls-ca': '/etc/ssl/x.pem' })),
    ).toEqual([
      '"../x.yml" of the input config lies outside the workspace.',
      'The migrations folder ".." (from the input directory) lies outside the workspace.',
      'The file "/etc/ssl/x.pem" of the input tls-ca lies outside the workspace.',
    ])
    expect(await messagesOf(action({ 'working-directory': '../..' }))).toEqual([
      '"../.." of the input working-directory lies outside the workspace.',
    ])
    await configure('database: { migrations: { directory: ../other } }')
    expect(await messagesOf(action())).toEqual([expect.stringContaining('lies outside the workspace')])
  })

  it('may have a name that begins with dots', async () => {
    await mkdir(join(folder, '..sql'))
    expect((await make(action({ directory: '..sql' }))).directory).toBe(join(folder, '..sql'))
  })

  it('may lie anywhere on the command line', async () => {
    const other = await mkdtemp(join(tmpdir(), 'devflow-elsewhere-'))
    expect(await make(cli({ directory: other }))).toMatchObject({
      directory: other,
      boundary: other,
      base: folder,
    })
    await rm(other, { recursive: true })
  })
})

describe('the file', () => {
  it('is devflow.yml or devflow.yaml, not both', async () => {
    await write('devflow.yaml', 'database: { migrations: { tracking_table: t } }')
    expect((await make(cli())).tracking.table).toBe('t')
    await configure('version: "1"')
    expect(await messagesOf(cli())).toEqual(['Both devflow.yml and devflow.yaml are there.'])
  })

  it('must be there where it is named', async () => {
    expect(await messagesOf(cli({ config: 'ci/devflow.yml' }))).toEqual([
      'The file "ci/devflow.yml" of the flag --config does not exist.',
    ])
    await write('ci/devflow.yml', 'database: { migrations: { tracking_schema: public } }')
    expect((await make(cli({ config: 'ci/devflow.yml' }))).tracking).toEqual({
      schema: 'public',
      table: 'schema_migrations',
      configured: true,
    })
  })

  it('tells where it can not be read', async () => {
    await mkdir(join(folder, 'devflow.yml'))
    expect(await messagesOf(cli())).toEqual(['The file "devflow.yml" can not be read (EISDIR).'])
  })

  it('passes on the refusal of whoever reads the disk', async () => {
    const problem = { message: 'a link', help: 'no' }
    const refusing = { ...system, readFile: () => Promise.reject(new UserError([problem])) }
    await configure('version: "1"')
    await expect(makeConfig(cli(), refusing)).rejects.toMatchObject({ problems: [problem] })
  })

  it('does not hide a mistake of ours behind one of the user', async () => {
    const broken = { ...system, exists: () => Promise.reject(new TypeError('ours')) }
    await expect(makeConfig(cli(), broken)).rejects.toThrow(TypeError)
  })

  it('gives, where it is wrong, no mistakes that only follow from that', async () => {
    await rm(join(folder, 'migrations'), { recursive: true })
    await configure(`${THREE}  migratons: { directory: sql }\n`)
    expect(await messagesOf(cli({ environment: 'nowhere' }, { DATABASE_URL: '' }))).toEqual([
      'devflow.yml:12:3: unknown key "migratons" in database.',
    ])
  })

  it.each(['format: supabase', 'use_supabase_cli: true', 'use_supabase_cli: true\n    format: sql'])(
    'has the files applied by the Supabase CLI: %j',
    async (lines) => {
      await configure(`database:\n  migrations:\n    ${lines}\n    supabase-cli: ./sb\n`)
      expect(await make(cli())).toMatchObject({ format: 'supabase', supabaseCli: join(folder, 'sb') })
    },
  )

  it('refuses one transaction of all files where the Supabase CLI applies them, by flag and by file', async () => {
    await configure(
      'database:\n  migrations:\n    format: supabase\n  environments:\n    local:\n      transaction: none\n',
    )
    expect(await messagesOf(cli({ transaction: 'all' }))).toEqual([
      expect.stringMatching(/^devflow\.yml:6:\d+: transaction is none, which the Supabase CLI can not do/),
      expect.stringContaining('the flag --transaction is all, which the Supabase CLI can not do'),
    ])
  })

  it('says that a Supabase CLI is not used for format: sql', async () => {
    await configure('database: { migrations: { supabase-cli: ./sb } }')
    expect((await make(cli())).notes.join()).toContain('supabase-cli is not used')
  })

  it('gives exclude, and allow_out_of_order', async () => {
    await configure('database: { migrations: { exclude: ["seed*.sql"], allow_out_of_order: true } }')
    expect(await make(cli())).toMatchObject({ exclude: ['seed*.sql'], allowOutOfOrder: true })
  })

  it('is not overruled in a false for out of order', async () => {
    expect((await make(cli({ 'allow-out-of-order': 'true' }))).allowOutOfOrder).toBe(true)
    await configure('database: { migrations: { allow_out_of_order: false } }')
    const config = await make(cli({ 'allow-out-of-order': 'true' }))
    expect(config.allowOutOfOrder).toBe(false)
    expect(config.notes).toEqual([
      'allow-out-of-order: devflow.yml says false, the flag --allow-out-of-order says true; the safer one holds: false.',
    ])
  })
})

describe('the timeouts', () => {
  it('come from the input, else the variable, else the file, else the default', async () => {
    await configure(THREE)
    const staging = { environment: 'staging', 'database-url': URL_OF_STAGING }
    const times = async (given: Given, variables = {}) => {
      const config = await make(cli(given, variables))
      const { lockMs, statementMs, idleInTransactionMs, transactionMs } = config.timeouts
      return [lockMs, statementMs, idleInTransactionMs, transactionMs, config.lockWaitMs]
    }
    expect(await times({ ...staging, environment: 'local' })).toEqual([3000, 0, 0, 0, 300_000])
    expect(await times(staging)).toEqual([10_000, 60_000, 120_000, 3_600_000, 3_600_000])
    expect(await times(staging, { TIMEOUT: '300' })).toEqual([10_000, 300_000, 120_000, 3_600_000, 3_600_000])
    const given: Given = {
      ...staging,
      'lock-timeout': '1s',
      'statement-timeout': '0',
      'idle-in-transaction-session-timeout': '7s',
      'transaction-timeout': '8m',
      'lock-wait': '2m',
    }
    expect(await times(given, { TIMEOUT: '300' })).toEqual([1000, 0, 7000, 480_000, 120_000])
  })

  it('need a unit, and say how seconds are written', async () => {
    expect(await problemsOf(cli({ 'lock-wait': '30' }))).toEqual([
      expect.objectContaining({ help: 'For seconds write 30s.' }),
    ])
    expect(
      await messagesOf(cli({ 'transaction-timeout': '5', 'idle-in-transaction-session-timeout': 'x' })),
    ).toEqual([
      expect.stringMatching(/^The flag --idle-in-transaction-session-timeout is "x"; it must be a duration/),
      expect.stringMatching(/^The flag --transaction-timeout is "5"; it must be a duration/),
    ])
  })

  it.each(['5m', '-1', '1.5', '2147484', 'x'])('refuse TIMEOUT=%s', async (TIMEOUT) => {
    expect(await messagesOf(cli({}, { TIMEOUT }))).toEqual([
      expect.stringContaining('The variable TIMEOUT is'),
    ])
  })
})

describe('what lets a run through', () => {
  it('is nothing but the plan, unless the environment asks for more', async () => {
    const { gate } = await make(cli())
    expect(gate).toEqual({ ephemeral: 'no', reviewWindowMs: 0, comment: 'off' })
  })

  it('comes from the section of the environment, and from the inputs', async () => {
    await configure(`database:
  environments:
    local:
      require_approval: true
      approval: review
      approval-team: acme/dba
      self-approval: refused
      approval-rerun: refuse
      github-environment: live
      ephemeral: true
      review-window: 30s
`)
    const given = { 'expected-plan-hash': 'v1:sha256:00', confirm: 'MIGRATE-PRODUCTION', comment: 'update' }
    const config = await make(cli(given, { GITHUB_TOKEN: 'ghs_geheimnis' }))
    expect(config.gate).toEqual({
      approval: {
        kind: 'review',
        githubEnvironment: 'live',
        selfApproval: 'refused',
        rerun: 'refuse',
        team: 'acme/dba',
      },
      typed: 'MIGRATE-PRODUCTION',
      expectedPlanHash: 'v1:sha256:00',
      githubToken: 'ghs_geheimnis',
      ephemeral: 'file',
      reviewWindowMs: 30_000,
      comment: 'update',
    })
    expect(config.secrets).toContain('ghs_geheimnis')
    expect(JSON.stringify(config.provenance)).not.toContain('geheimnis')
    const { gate } = await make(cli({ ephemeral: 'false', 'review-window': '2m' }))
    expect([gate.ephemeral, gate.reviewWindowMs]).toEqual(['no', 120_000])
    expect((await make(cli({ ephemeral: 'true' }))).gate.ephemeral).toBe('workflow')
  })

  it('is required reviewers of the environment of the same name where only an approval is asked for', async () => {
    await configure('database: { environments: { local: { require_approval: true } } }')
    expect((await make(cli())).gate.approval).toEqual({
      kind: 'github-environment',
      githubEnvironment: 'local',
      selfApproval: 'allowed',
      rerun: 'continue',
    })
  })

  it('refuses a review by nobody, and a mode that is none', async () => {
    await configure('database: { environments: { local: { require_approval: true, approval: review } } }')
    expect(await problemsOf(cli({ comment: 'updat' }))).toEqual([
      {
        message: 'The flag --comment is "updat"; it must be off, update or recreate.',
        help: 'Did you mean update?',
      },
      {
        message: 'devflow.yml: approval is review, and approval-team names no team.',
        help: 'Name the team whose reviews count: approval-team: dba, or organisation/dba.',
      },
    ])
  })
})

describe('where and how long is rehearsed', () => {
  const rehearsal = async (given: Given = {}, variables: Record<string, string> = {}) => {
    const config = await make(cli(given, { SHADOW_DATABASE_URL: 'postgres://u:allgemein@h/d', ...variables }))
    return [config.rehearsal, config.schemaDrift, config.schemas]
  }

  it('has a budget and a size, and a shadow from its variable', async () => {
    expect(await rehearsal()).toEqual([
      { shadowUrl: 'postgres://u:allgemein@h/d', lockMs: 1000, statementMs: 30_000, largeBytes: 10_485_760 },
      'warn',
      [],
    ])
  })

  it('comes from the section of the environment, the URL from the input first', async () => {
    await configure(`database:
  schemas: [public, app]
  environments:
    local:
      shadow_url_env: OWN_SHADOW
      rehearsal: { lock-timeout: 200ms, statement-timeout: 0, large-table: 1GB }
      schema-drift: error
`)
    const expected = (shadowUrl: string) => [
      { shadowUrl, lockMs: 200, statementMs: 0, largeBytes: 1_073_741_824 },
      'error',
      ['public', 'app'],
    ]
    const own = { OWN_SHADOW: 'postgres://u:eigenes@h/d' }
    expect(await rehearsal({}, own)).toEqual(expected('postgres://u:eigenes@h/d'))
    expect(await rehearsal({ 'shadow-url': 'postgres://u:gegeben@h/d' }, own)).toEqual(
      expected('postgres://u:gegeben@h/d'),
    )
    const { secrets } = await make(cli({ 'shadow-url': 'postgres://u:gegeben@h/d' }, own))
    expect(secrets).toEqual(expect.arrayContaining(['gegeben', 'eigenes']))
  })

  it('refuses what is no size', async () => {
    await configure('database: { environments: { local: { rehearsal: { large-table: 10 } } } }')
    expect(await messagesOf(cli())).toEqual([
      'devflow.yml:1:64: database.environments.local.rehearsal.large-table is 10; it must be a size such as 10MB or 1GB.',
    ])
  })
})

describe('transaction and rehearse', () => {
  const file = (transaction: string, rehearse: string) =>
    configure(
      `database: { environments: { local: { transaction: ${transaction}, rehearse: ${rehearse} }, staging: } }`,
    )
  const modes = async (given: Given = {}) => {
    const { transaction, rehearse, notes } = await make(cli({ ...given }))
    return [transaction, rehearse, ...notes]
  }

  it('come from the input, else the section of the environment, else the default', async () => {
    await file('all', 'off')
    expect(await modes()).toEqual(['all', 'off'])
    expect(await modes({ transaction: 'none', rehearse: 'target' })).toEqual(['none', 'target'])
    expect(await modes({ environment: 'staging', 'database-url': URL_OF_STAGING })).toEqual(['file', 'auto'])
    expect(await modes({ rehearse: 'off', environment: 'staging', 'database-url': URL_OF_STAGING })).toEqual([
      'file',
      'off',
    ])
  })

  it('rehearse where any source asks for it, and say who would not', async () => {
    await file('file', 'target')
    expect(await modes({ rehearse: 'off' })).toEqual([
      'file',
      'target',
      'rehearse: the flag --rehearse says off, devflow.yml says target; the safer one holds: target.',
    ])
  })

  it('name the file that holds the mode, unless that is off', async () => {
    await file('file', 'shadow')
    expect((await make(cli({ rehearse: 'target' }))).rehearseHeldBy).toBe('devflow.yml')
    await file('file', 'off')
    expect((await make(cli())).rehearseHeldBy).toBeUndefined()
  })

  it('refuse any other word, and suggest the one that was meant', async () => {
    expect(await problemsOf(action({ transaction: 'al', rehearse: 'shado' }))).toEqual([
      { message: 'The input transaction is "al"; it must be file, all or none.', help: 'Did you mean all?' },
      {
        message: 'The input rehearse is "shado"; it must be auto, shadow, target or off.',
        help: 'Did you mean shadow?',
      },
    ])
    await file('files', 'on')
    expect(await messagesOf(cli())).toEqual([
      expect.stringMatching(/transaction is "files"; it must be file, all or none\.$/),
      expect.stringMatching(/rehearse is "on"; it must be auto, shadow, target or off\.$/),
    ])
  })
})

describe('the files whose own transaction control is honoured', () => {
  it('are listed in the file', async () => {
    await configure('database: { migrations: { legacy: ["0*.sql", 17_old.sql] } }')
    expect((await make(cli())).legacy).toEqual(['0*.sql', '17_old.sql'])
    await configure('database: { migrations: { legacy: 0*.sql } }')
    expect(await messagesOf(cli())).toEqual([
      expect.stringMatching(/migrations\.legacy is "0\*\.sql"; it must be a list of glob patterns\.$/),
    ])
  })
})

describe('the other inputs and variables', () => {
  it('choose migrations by version or up to one, not both', async () => {
    expect(await make(cli({ version: '01' }))).toMatchObject({ only: '01' })
    expect(await make(cli({ to: '05' }))).toMatchObject({ to: '05' })
    expect(await messagesOf(action({ version: '01', to: '05' }))).toEqual([
      'Both the input version and the input to are given.',
    ])
  })

  it('confirm production only where they say so', async () => {
    expect((await make(cli({}, { CONFIRM_PRODUCTION_MIGRATION: 'true' }))).confirmed).toBe(true)
    expect((await make(cli({}, { CONFIRM_PRODUCTION_MIGRATION: 'false' }))).confirmed).toBe(false)
    expect((await make(cli())).confirmed).toBe(false)
  })

  it('take DEBUG, and leave the DEBUG of other tools alone', async () => {
    expect((await make(cli({}, { DEBUG: 'true' }))).debug).toBe(true)
    const config = await make(cli({}, { DEBUG: 'express:*' }))
    expect(config.debug).toBe(false)
    expect(config.notes).toEqual(['The variable DEBUG is neither true nor false; it has no effect here.'])
  })

  it('say what does nothing', async () => {
    const config = await make(cli({}, { PARALLEL_JOBS: '4' }))
    expect(config.notes).toEqual([
      'The variable PARALLEL_JOBS is set; it does nothing where no backup is written.',
    ])
    expect((await make(cli({ command: 'status', to: '05', 'dry-run': 'true' }))).notes[0]).toBe(
      'the flag --to changes nothing for status.',
    )
  })

  it('give a certificate authority as text', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
    await write('ca.pem', pem)
    expect((await make(cli({ 'tls-ca': 'ca.pem' }))).tlsCa).toBe(pem)
    await write('not.pem', 'hello')
    expect(await messagesOf(cli({ 'tls-ca': 'not.pem' }))).toEqual([
      'The file "not.pem" of the flag --tls-ca holds no certificate.',
    ])
  })

  it('tell who and what runs', async () => {
    const variables = {
      GITHUB_ACTOR: 'octocat',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'org/shop',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    }
    expect((await make(cli({}, variables))).run).toEqual({
      actor: 'octocat',
      runUrl: 'https://github.com/org/shop/actions/runs/42',
      runAttempt: 2,
      commitSha: '0123456789abcdef0123456789abcdef01234567',
      toolVersion: '0.1.0',
    })
  })

  it.each([
    { GITHUB_SERVER_URL: 'javascript:alert(1)' },
    { GITHUB_REPOSITORY: 'org/shop/../..' },
    { GITHUB_RUN_ID: 'x' },
    { GITHUB_RUN_ATTEMPT: 'two' },
    { GITHUB_SHA: 'main' },
  ])('leave out what is not in the form of GitHub: %j', async (wrong) => {
    const right = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'org/shop',
      GITHUB_RUN_ID: '42',
    }
    const { run } = await make(cli({}, { ...right, ...wrong }))
    const isPartOfUrl = Object.keys(wrong).some((name) => name in right)
    expect(run).toEqual({
      actor: 'ada',
      toolVersion: '0.1.0',
      ...(isPartOfUrl ? {} : { runUrl: 'https://github.com/org/shop/actions/runs/42' }),
    })
  })
})

describe('what is told', () => {
  it('shows where each value came from, and no secret', async () => {
    await configure(THREE)
    const { provenance } = await make(
      cli(
        { 'lock-wait': '1m', to: '05' },
        { ENVIRONMENT: 'staging', STAGING_URL: URL_OF_STAGING, TIMEOUT: '60' },
      ),
    )
    expect(provenance.map(({ name, value, source }) => `${name} = ${value} (${source})`)).toEqual([
      'command = migrate (the command)',
      'config = devflow.yml (the default)',
      'environment = staging (the variable ENVIRONMENT)',
      'class = staging (the name of the environment)',
      'database-url = *** (the variable STAGING_URL)',
      'directory = migrations (the default)',
      'tracking_schema = devflow (the default)',
      'tracking_table = schema_migrations (the default)',
      'to = 05 (the flag --to)',
      'dry-run = false (the default)',
      'allow-out-of-order = false (the default)',
      'format = sql (the default)',
      'tracking = devflow (the default)',
      'prelude = off (the default)',
      'lock-wait = 1m (the flag --lock-wait)',
      'lock-timeout = 10s (devflow.yml)',
      'statement-timeout = 60s (the variable TIMEOUT)',
      'idle-in-transaction-session-timeout = 2m (devflow.yml)',
      'transaction-timeout = 1h (devflow.yml)',
      'rehearse = auto (the default)',
      'transaction = file (the default)',
      'rehearsal lock-timeout = 1s (the default)',
      'rehearsal statement-timeout = 30s (the default)',
      'rehearsal large-table = 10MB (the default)',
      'review-window = 0 (the default)',
      'backup = off (the default)',
      'backup-verify = false (the default)',
      'force = false (the default)',
    ])
  })

  it('hides the secrets of all environments of the file, and the service key', async () => {
    await configure(THREE)
    const config = await make(
      cli(
        { environment: 'staging' },
        {
          STAGING_URL: URL_OF_STAGING,
          PRODUCTION_URL: 'postgres://app:verborgen@db/shop',
          SUPABASE_SERVICE_KEY: 'schluessel',
        },
      ),
    )
    expect(config.redact('geheimnis verborgen schluessel app shop')).toBe('*** *** *** app shop')
    expect(config.secrets).toEqual(expect.arrayContaining(['geheimnis', 'verborgen', 'schluessel']))
  })

  it('holds no URL in a mistake, wherever one was pasted', async () => {
    await configure(`database: { environments: { staging: { url_env: "${URL_OF_STAGING}" } } }`)
    const pasted = Object.fromEntries(
      [
        'environment',
        'config',
        'directory',
        'working-directory',
        'dry-run',
        'lock-wait',
        'tls-ca',
        'command',
      ].map((name) => [name, URL_OF_STAGING]),
    )
    const { 'working-directory': _, config: __, ...withFile } = pasted
    for (const given of [pasted, withFile]) {
      const text = await textOf(cli(given, { TIMEOUT: URL_OF_STAGING, DRY_RUN: 'geheimnis' }))
      expect(text).not.toContain('geheimnis')
      expect(text.length).toBeGreaterThan(100)
    }
  })
})
