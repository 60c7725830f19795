import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import { checkHealth } from '../../src/programs/check-health.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { access } from '../database/a-session.js'
import { aWebServer } from '../health/a-web-server.js'
import { aTarget } from '../support/builders.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

let database: TestDatabase
let migrator: Migrator

beforeAll(async () => {
  database = await aDatabase()
  migrator = await aMigrator(database.url, { '01_orders.sql': 'CREATE TABLE orders (id int);' })
})

afterAll(async () => {
  await migrator[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const CONFIG = { variableOf: () => undefined, redact: (text: string) => text }

const system = { healthPauseMs: 1 }
const configure = (health: string, more = '') =>
  migrator.project.write('devflow.yml', `database:\n  health:\n${health.replace(/^/gm, '    ')}\n${more}`)
const health = ({ findings }: Awaited<ReturnType<Migrator['run']>>) =>
  findings
    .filter(({ rule }) => rule === 'health-check')
    .map(({ severity, message }) => `${severity} ${message}`)

describe('health checks around a run', () => {
  it('refuse it before anything is tried or applied', async () => {
    await configure('before:\n  - tables: [tenants]\n    retries: 1\nafter:\n  - tables: [never]')
    for (const command of ['migrate', 'dry-run']) {
      const report = await migrator.run(command, { system })
      expect(verdict(report)).toBe('1 refused')
      expect(report.rehearsal).toEqual([])
      expect(health(report)).toEqual([
        'error Health check before applying, tables tenants: there is no table tenants (tried 2 times).',
      ])
      expect(renderTerminal(report, { color: false })).toContain('1 health check failed on test')
    }
    expect(await database.query("SELECT to_regclass('orders') AS there")).toEqual([{ there: null }])
  })

  it('fail it when what was applied does not hold, and tell truthfully what is applied', async () => {
    await configure(
      'before: [connectivity: true]\nafter:\n  - sql: SELECT count(*) > 0 FROM orders\n    retries: 0\n  - tables: [orders]',
    )
    const report = await migrator.run('migrate', { system })
    expect(verdict(report)).toBe('1 failed: 01 applied')
    expect(report.ready).toBe(false)
    expect(report.records.map(({ version, status }) => `${version} ${status}`)).toEqual(['01 completed'])
    expect(health(report)).toEqual([
      'error Health check after applying, SELECT count(*) > 0 FROM orders: the query returned false.',
    ])
    expect(report.findings[0]?.help).toContain('What was applied stays applied')
    expect(report.notes).toContain('Health checks before applying: 1 of 1 passed: connectivity.')
    expect(report.notes).toContain('Health checks after applying: 1 of 2 passed, 1 failed: tables orders.')
    expect(renderTerminal(report, { color: false })).toMatch(
      /1 migration applied to test .*, and 1 health check failed afterwards/,
    )
    expect(
      await database.query("SELECT event FROM devflow.migration_history WHERE version = '01' ORDER BY seq"),
    ).toContainEqual({ event: 'applied' })
  })

  it('are carried out once more by a later run, which has nothing left to apply', async () => {
    const again = await migrator.run('migrate', { system })
    expect(verdict(again)).toBe('1 failed')
    expect(again.ready).toBe(false)
    expect(renderTerminal(again, { color: false })).toContain('1 health check failed on test')
    await database.query('INSERT INTO orders VALUES (1)')
    const well = await migrator.run('migrate', { system })
    expect([verdict(well), well.ready, health(well)]).toEqual(['0 up-to-date', true, []])
  })

  it('stand around a rollback too, which is not undone where one fails afterwards', async () => {
    await migrator.write('01_orders.down.sql', 'DROP TABLE orders;')
    const rollback = async (dryRun = false) => {
      const given = { steps: '1', ...(dryRun ? { 'dry-run': 'true' } : {}) }
      const report = await migrator.run('rollback', { given, system })
      const steps = report.operation?.steps.map(({ state }) => state)
      return { report, told: [report.exitCode, report.status, steps, health(report)] }
    }
    await configure('before:\n  - tables: [tenants]\n    retries: 0\nafter:\n  - tables: [orders]')
    for (const dryRun of [true, false]) {
      const { report, told } = await rollback(dryRun)
      const missing = 'error Health check before undoing, tables tenants: there is no table tenants.'
      expect(told).toEqual([1, 'refused', ['not-run'], [missing]])
      expect(report.rehearsal).toEqual([])
      expect(renderTerminal(report, { color: false })).toContain('rollback is refused on test')
    }
    expect(await database.query("SELECT to_regclass('orders')::text AS there")).toEqual([{ there: 'orders' }])
    await configure('before: [connectivity: true]\nafter:\n  - tables: [orders]\n    retries: 0')
    expect((await rollback(true)).told).toEqual([0, 'planned', ['planned'], []])
    const { report, told } = await rollback()
    const gone = 'error Health check after undoing, tables orders: there is no table orders.'
    expect(told).toEqual([1, 'failed', ['done'], [gone]])
    const [wrong] = report.findings.filter(({ rule }) => rule === 'health-check')
    expect(wrong?.help).toContain('What was undone stays undone')
    expect(renderTerminal(report, { color: false })).toMatch(
      /rollback on test .*: 1 step done, and 1 health check failed afterwards/,
    )
    expect(report.records.map(({ version, status }) => `${version} ${status}`)).toEqual(['01 rolled_back'])
    await configure('after:\n  - sql: "SELECT to_regclass(\'orders\') IS NOT NULL"')
    expect((await migrator.run('migrate', { system })).exitCode).toBe(0)
  })

  it('have not passed where the run is ended in the middle of them', async () => {
    const ending = new AbortController()
    await using server = await aWebServer(() => {
      ending.abort('SIGTERM')
      return 'hang'
    })
    await configure(`after:\n  - http: ${server.url}/`)
    const report = await migrator.run('migrate', { system: { ...system, signal: ending.signal } })
    expect([report.exitCode, report.ready]).toEqual([1, false])
    expect(health(report)).toEqual([
      `error Health check after applying, ${server.url}/: the run was ended before it was known.`,
    ])
  })

  it('need of the environment only what the run reads', async () => {
    await configure(`before: [connectivity: true]\nafter:\n  - http: \${API_URL}/health`)
    expect((await migrator.run('dry-run', { system })).problems).toEqual([])
    expect((await migrator.run('migrate', { system, given: { 'dry-run': 'true' } })).problems).toEqual([])
    expect((await migrator.run('migrate', { system })).exitCode).toBe(2)
  })

  it('are carried out by verify, those of before and after, each once', async () => {
    await configure(
      'before: [connectivity: true, tables: [gone]]\nafter: [connectivity: true, tables: [orders]]',
    )
    const report = await migrator.run('verify', { system })
    expect(report.exitCode).toBe(1)
    expect(report.notes).toContain('Health checks now: 2 of 3 passed, 1 failed: connectivity; tables orders.')
    expect(health(report)).toEqual([
      'error Health check now, tables gone: there is no table gone (tried 3 times).',
    ])
  })

  it('stop nothing where they can not be known, and say so', async () => {
    const door = { plain: await makeDoor(database.url, access) }
    // What the server is, is not known either, so its folder is not looked for on this machine.
    const run = { door, config: CONFIG, system, known: { target: aTarget() }, signal: undefined }
    const { findings, notes } = await checkHealth(
      run as unknown as Parameters<typeof checkHealth>[0],
      [{ kind: 'free-space', leastBytes: 1, label: 'free-space', timeoutMs: 5_000, retries: 0 }],
      'after applying',
    )
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'warning Health check after applying, free-space: how much of the disk is free can not be known from here.',
    ])
    expect(notes).toEqual(['Health checks after applying: 0 of 1 passed, 1 could not be known.'])
  })

  it('are also those of the environment', async () => {
    await configure(
      'after: [tables: [orders]]',
      '  environments:\n    test: { health: { after: [{ tables: [a, b], name: theirs, retries: 0 }] } }\n    other:\n',
    )
    const report = await migrator.run('verify', { system })
    expect(health(report)).toEqual(['error Health check now, theirs: there is no table a, b.'])
    expect((await migrator.run('status', { system })).notes).toEqual([])
  })

  it('read keys from variables, which are shown nowhere, and which must be there before anything is done', async () => {
    await using server = await aWebServer(({ headers }) => ({
      status: 500,
      text: String(headers.authorization),
    }))
    await configure(
      `after:\n  - http: \${API_URL}/health\n    headers: { Authorization: "Bearer \${API_TOKEN}" }\n    retries: 0`,
    )
    const missing = await migrator.run('migrate', { system })
    expect(missing.exitCode).toBe(2)
    expect(missing.problems.map(({ message }) => message)).toEqual([
      'A health check of devflow.yml reads the variable API_URL, which is not set, or empty.',
      'A health check of devflow.yml reads the variable API_TOKEN, which is not set, or empty.',
    ])
    expect((await migrator.run('status', { system })).exitCode).toBe(0)
    const variables = { API_URL: server.url, API_TOKEN: 'geheimes-wort' }
    const report = await migrator.run('verify', { system, variables })
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer geheimes-wort'])
    expect(health(report)).toEqual([
      `error Health check now, \${API_URL}/health: it answered 500, and one of 200 to 299 is expected.`,
    ])
    expect(JSON.stringify(report)).not.toContain('geheimes-wort')
  })

  it('send nothing anywhere where the file that says where to may be a stranger’s', async () => {
    await using server = await aWebServer(() => ({}))
    const door = { plain: await makeDoor(database.url, access) }
    const job = new Map([
      ['GITHUB_ACTIONS', 'true'],
      ['GITHUB_EVENT_NAME', 'pull_request_target'],
      ['API_TOKEN', 'geheimes-wort'],
    ])
    // The workflow says that the database is thrown away, so it may be connected to.
    const config = { ...CONFIG, variableOf: (name: string) => job.get(name), gate: { ephemeral: 'workflow' } }
    const run = { door, config, system, known: { target: aTarget() }, signal: undefined }
    const { findings } = await checkHealth(
      run as unknown as Parameters<typeof checkHealth>[0],
      [
        {
          ...{ kind: 'http', url: `${server.url}/?\${API_TOKEN}`, headers: { a: `\${API_TOKEN}` } },
          ...{ label: 'theirs', timeoutMs: 5_000, retries: 0 },
        },
      ],
      'now',
    )
    expect(server.asked).toEqual([])
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'error Health check now, theirs: it can not be asked: this job may have the code of a stranger, so nothing is sent anywhere.',
    ])
  })

  it.each([
    ['- { connectivity: true, tables: [a] }', 'it must be a map with one of connectivity, tables, rls'],
    ['- {}', 'it must be a map with one of connectivity, tables, rls'],
    ['- { sql: "SELECT true; DELETE FROM orders" }', 'it must be one query'],
    ['- { sql: "COMMIT" }', 'it must be one query'],
    ['- { sql: "SELECT true \\\\gexec" }', 'it must be one query'],
    ['- { http: ftp://x }', 'it must be a URL that begins with https://'],
    ['- { tables: [a], status: 200 }', 'status, body and headers stand with http'],
    ['- { tables: [a.b.c] }', 'it must be a table such as orders'],
    ['- { replication-lag: 30 }', 'it must be a duration with a unit'],
    ['- { free-space: 10 }', 'it must be a size such as'],
    ['- { connectivity: true, retries: 99 }', 'it must be a number from 0 to 10'],
    ['- { tabels: [a] }', 'Did you mean tables?'],
  ])('are checked before: %s', async (check, expected) => {
    await configure(`after:\n  ${check}`)
    const { exitCode, problems } = await migrator.run('verify', { system })
    expect(exitCode).toBe(2)
    expect(problems.map(({ message, help }) => `${message} ${help}`).join('\n')).toContain(expected)
  })
})
