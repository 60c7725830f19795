import { type StdioOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { TOOL_VERSION } from '../../src/model/tool-version.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { parseReport } from '../support/report-file.js'
import { type CliResult, runCli } from '../support/run-cli.js'
import { type JobResult, runAction } from '../support/runner/run-action.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const table = { 'migrations/01_a.sql': 'CREATE TABLE a ();' }
const nowhere = { DATABASE_URL: 'postgres://app:geheimnis@127.0.0.1:1/app' }
const ansi = /\u001b/

async function run(
  words: readonly string[],
  files: Readonly<Record<string, string>> = table,
  env: Readonly<Record<string, string>> = nowhere,
): Promise<CliResult> {
  await using project = await aProject(files)
  return await runCli(bundle.cli, words, { cwd: project.path, env })
}

interface Wrong {
  readonly words: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly exitCode: number
  /** In the message or the way out. */
  readonly says: readonly RegExp[]
}

const disk = needs({ what: '/dev/full', isThere: existsSync('/dev/full') })

const staging = ['--env', 'staging']

const wrong: Readonly<Record<string, Wrong>> = {
  'an unknown flag': {
    words: ['db', 'status', ...staging, '--jsn'],
    exitCode: 2,
    says: [/Unknown flag "?--jsn/, /--json/],
  },
  'an unknown command': { words: ['db', 'migrat'], exitCode: 2, says: [/migrat/, /Did you mean migrate\?/] },
  'a command without db': { words: ['migrate'], exitCode: 2, says: [/devflow db/] },
  'no command': { words: ['db'], exitCode: 2, says: [/No command is named/] },
  'a flag without its value': {
    words: ['db', 'status', '--env'],
    exitCode: 2,
    says: [/--env needs a value/],
  },
  'a flag that is given twice': {
    words: ['db', 'status', ...staging, '--env', 'production'],
    exitCode: 2,
    says: [/--env is given twice/],
  },
  'a configuration that is no YAML': {
    words: ['db', 'status', ...staging],
    files: { ...table, 'devflow.yml': 'a: [1\n' },
    exitCode: 2,
    says: [/devflow\.yml:\d+:\d+/],
  },
  'a server that does not answer': {
    words: ['db', 'status', ...staging],
    exitCode: 2,
    says: [/Cannot connect to 127\.0\.0\.1:1\b.*ECONNREFUSED/, /Nothing listens there/],
  },
  'no database URL': {
    words: ['db', 'status', ...staging],
    env: {},
    exitCode: 2,
    says: [/DATABASE_URL is not set/],
  },
  'no migrations folder': {
    words: ['db', 'validate'],
    files: {},
    exitCode: 2,
    says: [/There is no migrations folder/],
  },
  'an invalid file': {
    words: ['db', 'validate'],
    files: { 'migrations/01_a.sql': 'CREATE TABEL a ();' },
    exitCode: 1,
    says: [/syntax error/],
  },
  'a log file that can not be written': {
    words: ['db', 'validate', '--log-file', 'taken/x.log'],
    files: { ...table, taken: '' },
    exitCode: 2,
    says: [/log file/],
  },
}

describe('standard output', () => {
  for (const [name, { words, files, env, exitCode, says }] of Object.entries(wrong)) {
    it(`is one JSON document, and as said without --json, after ${name}`, async () => {
      const [json, text] = await Promise.all([run([...words, '--json'], files, env), run(words, files, env)])
      expect([json.exitCode, text.exitCode]).toEqual([exitCode, exitCode])
      const report = parseReport(json.stdout)
      expect(report).toMatchObject({ exitCode, ready: false })
      const told = [...report.problems, ...report.findings].map(({ message, help }) => `${message} ${help}`)
      for (const words of says) {
        expect(told.join('\n')).toMatch(words)
        expect(text.stdout.replace(/\s+/g, ' ')).toMatch(words)
      }
      expect(text.stdout).toMatch(/^✖ /)
      expect(`${json.stderr}${text.stderr}${text.stdout}`).not.toMatch(/\n\s+at |geheimnis|\u001b/)
    })
  }

  it('tells all mistakes of flags, variables and the configuration at once', async () => {
    const files = { ...table, 'devflow.yml': 'version: "1"\nproject:\n  nam: x\ndatabse: 1\n' }
    const words = ['db', 'migrat', '--frobnicate', '--lock-timeout', '3', '--json', 'more']
    const { exitCode, stdout } = await run(words, files, { DRY_RUN: 'maybe', TIMEOUT: 'long' })
    expect(exitCode).toBe(2)
    const told = parseReport(stdout).problems.map(({ message, help }) => `${message} ${help}`)
    for (const one of [
      /migrat/,
      /frobnicate/,
      /lock-timeout/,
      /more/,
      /nam\b/,
      /databse/,
      /DRY_RUN/,
      /TIMEOUT/,
    ]) {
      expect(told.filter((text) => one.test(text))).not.toEqual([])
    }
  })

  it('is the help, and the version', async () => {
    for (const words of [[], ['--help'], ['-h'], ['db', '--help'], ['db', 'migrate', '--help']]) {
      const { exitCode, stdout, stderr } = await run(words)
      expect([exitCode, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^devflow: .*\n\nUsage: devflow db <command> \[flags\]\n/)
    }
    expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: `${TOOL_VERSION}\n`, stderr: '' })
  })

  disk.it('that can not be written is told, and is no success', async () => {
    await using project = await aProject(table)
    await using full = await open('/dev/full', 'w')
    const answers = [['db', 'validate', '--json'], ['--version'], ['db', 'validat']].map((words) => {
      const stdio: StdioOptions = ['ignore', full.fd, 'pipe']
      const { status, stderr } = spawnSync(process.execPath, [bundle.cli, ...words], {
        cwd: project.path,
        env: { PATH: process.env.PATH },
        stdio,
        encoding: 'utf8',
      })
      return [status, /could not be written.* ENOSPC.* without this is (\d)/.exec(stderr)?.[1]]
    })
    expect(answers).toEqual([
      [1, '0'],
      [1, '0'],
      [2, '2'],
    ])
  })

  it('may be read only in part', async () => {
    await using project = await aProject(table)
    const script = 'set -o pipefail; "$0" "$1" --help | head -n 1 && echo fine'
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, bundle.cli], {
      cwd: project.path,
      encoding: 'utf8',
    })
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^devflow: .*\nfine\n$/), ''])
  })

  it('holds no colours and no bar, and standard error everything else', async () => {
    await using database = await aDatabase()
    const env = { DATABASE_URL: database.url, FORCE_COLOR: '1' }
    const noisy = { 'migrations/01_a.sql': "DO $$ BEGIN RAISE NOTICE 'hear, hear'; END $$;" }
    const { exitCode, stdout, stderr } = await run(['db', 'migrate', ...staging], noisy, env)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('hear, hear')
    expect(stdout).not.toContain('hear, hear')
    expect(stdout).toMatch(/^✔ 1 migration applied to staging/)
    expect(`${stdout}${stderr}`).not.toMatch(ansi)
    expect(`${stdout}${stderr}`).not.toMatch(/[█░\r]/)
  })
})

describe('in a step of a GitHub job', () => {
  function inJob(project: { path: string }, words: readonly string[], env = nowhere): Promise<JobResult> {
    return runAction({ script: bundle.cli, args: words, workspace: project.path, env })
  }

  it('annotations and groups stand on standard error, the summary in its file, the JSON alone on standard output', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_a.sql': 'CREATE TABLE a ();',
      'migrations/02_b.sql': 'SELECT 1;\nALTER TABLE nowhere ADD x int;',
    })
    const words = ['db', 'migrate', ...staging, '--ci', '--json']
    const result = await inJob(project, words, { DATABASE_URL: database.url })
    expect(result).toMatchObject({ exitCode: 1, conclusion: 'failure', outputs: {} })
    expect(parseReport(result.stdout)).toMatchObject({ status: 'failed', failedVersion: '02' })
    expect(result.annotations).toMatchObject([{ level: 'error', file: 'migrations/02_b.sql', line: 2 }])
    expect(result.stderr).toContain('::group::Rehearse\n')
    expect(result.summary).toMatch(/^## ❌ The rehearsal of `02_b\.sql` failed on `staging`/)
  })

  it('they are there where the set-up is wrong, too', async () => {
    await using project = await aProject(table)
    const result = await inJob(project, ['db', 'status', ...staging, '--json'])
    expect(result.exitCode).toBe(2)
    expect(parseReport(result.stdout).problems).toHaveLength(1)
    expect(result.annotations).toMatchObject([{ level: 'error', title: 'Set-up' }])
    expect(result.summary).toMatch(/^## ❌ The set-up is wrong/)
  })
})
