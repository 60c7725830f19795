import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { OUTPUTS } from '../../src/render/outputs.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { type ActionOptions, type ActionResult, inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const staging = { environment: 'staging' }
const table = { 'migrations/01_a.sql': 'CREATE TABLE a ();' }
const nowhere = 'postgres://app:geheimnis@127.0.0.1:1/app'

interface Path {
  readonly files?: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, string>>
  /** Default: `DATABASE_URL` of a real database. */
  readonly env?: Readonly<Record<string, string>>
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, string>>
}

const nothing = { ready: 'false', 'applied-count': '0', applied: '[]' }
const unreached = { ...nothing, 'pending-count': '0', pending: '[]', 'current-version': '', 'plan-hash': '' }

const paths: Readonly<Record<string, Path>> = {
  'an unknown command': {
    inputs: { command: 'migrat' },
    exitCode: 2,
    outputs: { ...unreached, status: 'failed' },
  },
  'no environment': { inputs: {}, exitCode: 2, outputs: { ...unreached, status: 'failed' } },
  'a configuration with mistakes': {
    files: { ...table, 'devflow.yml': 'version: "1"\ndatabas:\n  x: 1\n' },
    inputs: staging,
    exitCode: 2,
    outputs: { ...unreached, status: 'failed' },
  },
  'a configuration that is no YAML': {
    files: { ...table, 'devflow.yml': 'a: [1\n' },
    inputs: staging,
    exitCode: 2,
    outputs: { ...unreached, status: 'failed' },
  },
  'no migrations folder': {
    files: {},
    inputs: staging,
    exitCode: 2,
    outputs: { ...unreached, status: 'failed' },
  },
  'an empty migrations folder': {
    files: { 'migrations/readme.txt': '' },
    inputs: staging,
    exitCode: 0,
    outputs: { ...nothing, ready: 'true', status: 'up-to-date', 'pending-count': '0', 'findings-count': '1' },
  },
  'a server that does not answer': {
    inputs: staging,
    env: { DATABASE_URL: nowhere },
    exitCode: 2,
    outputs: { ...unreached, status: 'failed' },
  },
  'files with invalid names': {
    files: { ...table, 'migrations/what.sql': '' },
    inputs: staging,
    exitCode: 1,
    outputs: { ...unreached, status: 'refused', 'findings-count': '1' },
  },
  'valid files': {
    inputs: { command: 'validate' },
    env: {},
    exitCode: 0,
    outputs: { ...unreached, status: 'valid' },
  },
  'invalid files, without a database': {
    files: { 'migrations/01_a.sql': 'CREATE TABEL a ();' },
    inputs: { command: 'validate' },
    env: {},
    exitCode: 1,
    outputs: { ...unreached, status: 'invalid', 'findings-count': '1' },
  },
  'a plan': {
    inputs: { command: 'plan', environment: 'staging' },
    exitCode: 0,
    outputs: {
      ...nothing,
      status: 'planned',
      'pending-count': '1',
      pending: '[{"version":"01","name":"01_a.sql"}]',
    },
  },
  'a status': {
    inputs: { command: 'status', environment: 'staging' },
    exitCode: 0,
    outputs: { ...nothing, status: 'pending', 'pending-count': '1' },
  },
  'a verification with something pending': {
    inputs: { command: 'verify', environment: 'staging' },
    exitCode: 1,
    outputs: { ...nothing, status: 'pending', 'pending-count': '1' },
  },
  'a history that is empty': {
    inputs: { command: 'history', environment: 'staging' },
    exitCode: 0,
    outputs: { ...nothing, 'pending-count': '1' },
  },
  'a dry run': {
    inputs: { command: 'dry-run', environment: 'staging' },
    exitCode: 0,
    outputs: { ...nothing, status: 'rehearsed', 'pending-count': '1', 'current-version': '' },
  },
  'a migration that fails in the rehearsal': {
    files: { ...table, 'migrations/02_b.sql': 'ALTER TABLE nowhere ADD x int;' },
    inputs: staging,
    exitCode: 1,
    outputs: { ...nothing, status: 'failed', 'failed-version': '02', 'pending-count': '2' },
  },
  'an environment that needs an approval': {
    files: {
      ...table,
      'devflow.yml': 'version: "1"\ndatabase:\n  environments:\n    prod:\n      require_approval: true\n',
    },
    inputs: { environment: 'production' },
    exitCode: 1,
    outputs: { ...unreached, status: 'refused' },
  },
  'a setup': {
    inputs: { command: 'setup' },
    env: {},
    exitCode: 0,
    outputs: { ...unreached, status: 'valid' },
  },
}

async function take(path: Path): Promise<ActionResult> {
  await using project = await aProject(path.files ?? table)
  const step: ActionOptions = { bundle, project, inputs: path.inputs }
  if (path.env !== undefined) return await runStep({ ...step, env: path.env })
  await using database = await aDatabase()
  return await runStep({ ...step, env: { DATABASE_URL: database.url } })
}

describe('the outputs of a step', () => {
  for (const [name, path] of Object.entries(paths)) {
    inNode24(`are all set, with true values, after ${name}`, async () => {
      const result = await take(path)
      expect(result.log.join('\n')).toMatch(/^[✔●✖] /m)
      expect(result.exitCode).toBe(path.exitCode)
      expect(result.conclusion).toBe(path.exitCode === 0 ? 'success' : 'failure')
      expect(Object.keys(result.outputs).sort()).toEqual(Object.keys(OUTPUTS).sort())
      expect(result.outputs).toMatchObject(path.outputs)
      expect(result.droppedOutputs).toEqual({})
      expect(result.report).toMatchObject({
        exitCode: path.exitCode,
        status: result.outputs.status,
        ready: result.outputs.ready === 'true',
      })
      const mark = path.exitCode === 0 ? /^## (✅|📋|⏳|🧪|📜) / : /^## ❌ /
      expect(result.summary).toMatch(mark)
      expect(result.annotations.some(({ level }) => level === 'error')).toBe(path.exitCode !== 0)
      expect(result.stderr).toBe('')
      expect(result.log.filter((line) => /^ +Migrations +\(/.test(line))).toEqual([])
    })
  }

  inNode24('tell what stays of a file that was applied in part', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_a.sql': 'CREATE TABLE a AS SELECT 1 AS x FROM generate_series(1, 2);',
      'migrations/02_b.sql':
        'CREATE INDEX CONCURRENTLY a_x ON a (x);\n\nCREATE UNIQUE INDEX CONCURRENTLY a_u ON a (x);\n',
      'migrations/03_c.sql': 'CREATE TABLE c ();',
    })
    const result = await runStep({
      bundle,
      project,
      inputs: staging,
      env: { DATABASE_URL: database.url },
    })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toMatchObject({
      ready: 'false',
      status: 'partial',
      'failed-version': '02',
      'current-version': '01',
      applied: '[{"version":"01","name":"01_a.sql"}]',
      pending: '[{"version":"02","name":"02_b.sql"},{"version":"03","name":"03_c.sql"}]',
    })
    const errors = result.annotations.filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([{ level: 'error', file: 'migrations/02_b.sql', line: 3 }])
    expect(result.summary.split('\n')[0]).toBe(
      `## ❌ \`02_b.sql\` is partly applied on \`staging\` (database \`${database.name}\` at \`${new URL(database.url).host}\`)`,
    )
  })

  inNode24('are kept whatever common word the password is', async () => {
    await using project = await aProject({ 'migrations/01_postgres_test.sql': 'CREATE TABLE a ();' })
    const words = ['postgres', 'true', 'false', 'failed', 'version', 'name', 'devflow', 'report', 'sha256']
    const steps = words.map(async (word) => {
      const env = { DATABASE_URL: `postgres://app:${word}@127.0.0.1:1/shop` }
      const { outputs, droppedOutputs } = await runStep({ bundle, project, inputs: staging, env })
      return [word, outputs.status, droppedOutputs]
    })
    expect(await Promise.all(steps)).toEqual(words.map((word) => [word, 'failed', {}]))
  })

  inNode24('are told of in the log where GitHub will not pass one on', async () => {
    await using database = await aDatabase()
    await using project = await aProject({ 'migrations/01_wombat.sql': 'CREATE TABLE a ();' })
    await database.query(`CREATE ROLE ${database.name} LOGIN SUPERUSER PASSWORD 'wombat'`)
    const url = new URL(database.url)
    Object.assign(url, { username: database.name, password: 'wombat' })
    const { droppedOutputs, log, outputs } = await runStep({
      bundle,
      project,
      inputs: staging,
      env: { DATABASE_URL: url.href },
    })
    await database.query(`DROP OWNED BY ${database.name}; DROP ROLE ${database.name}`)
    expect(outputs.ready).toBe('true')
    expect(Object.keys(droppedOutputs)).toEqual(['applied'])
    expect(log.filter((line) => line.includes('does not pass it'))).toEqual([
      expect.stringMatching(/^The output applied happens to hold the password/),
    ])
  })
})
