import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parseBlocks, parseTable } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { parseReport } from '../support/report-file.js'
import { type CliResult, runCli } from '../support/run-cli.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const document = read('docs/validation.md')
const commands = new Map(
  parseTable(document, 'From npm scripts').map(([script = '', command = '']) => [
    script.replaceAll('`', ''),
    command.replaceAll('`', ''),
  ]),
)

function devflow(line: string, cwd: string, env: Record<string, string> = {}): Promise<CliResult> {
  return runCli(bundle.cli, line.split(' ').slice(1), { cwd, env })
}

/** What the command that stands for a script says of files. */
async function run(script: string, files: Record<string, string>): Promise<CliResult> {
  await using project = await aProject(files)
  return await devflow(commands.get(script) ?? '', project.path)
}

const sound = { 'migrations/01_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n' }

describe('the command for the npm script', () => {
  it.each([...commands.keys()])('%s is content with sound files', async (script) => {
    const { exitCode, stderr } = await run(script, sound)
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  })

  it('validate:migrations finds a name without a place', async () => {
    const { exitCode, stdout } = await run('validate:migrations', { ...sound, 'migrations/x.sql': '' })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('bad-name')
  })

  it('validate:sql finds a syntax error, with line and column', async () => {
    const { exitCode, stdout } = await run('validate:sql', {
      ...sound,
      'migrations/02_a.sql': '\nCREATE TABEL a ();',
    })
    expect(exitCode).toBe(1)
    expect(parseReport(stdout).findings).toMatchObject([
      { rule: 'syntax-error', file: 'migrations/02_a.sql', position: { line: 2, column: 8 } },
    ])
  })

  it('security:scan finds a password and never shows it', async () => {
    const sql = "CREATE USER admin WITH PASSWORD 'hunter2-not-shown';"
    const { exitCode, stdout, stderr } = await run('security:scan', {
      ...sound,
      'migrations/02_user.sql': sql,
    })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('secret-in-sql')
    expect(stdout + stderr).not.toContain('not-shown')
  })

  it('check:dependencies shows a circle as a path', async () => {
    const { exitCode, stdout } = await run('check:dependencies', {
      'migrations/01_a.sql': '-- Dependencies: 02_b.sql\nSELECT 1;',
      'migrations/02_b.sql': '-- Dependencies: 01_a.sql\nSELECT 1;',
    })
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/01_a\.sql → 02_b\.sql → 01_a\.sql|02_b\.sql → 01_a\.sql → 02_b\.sql/)
  })

  it('visualize:dependencies draws an edge, for Mermaid and for Graphviz', async () => {
    const files = { ...sound, 'migrations/02_b.sql': '-- Dependencies: 01_users.sql\nSELECT 1;' }
    expect((await run('visualize:dependencies', files)).stdout).toMatch(/graph|flowchart/)
    await using project = await aProject(files)
    expect((await devflow('devflow db graph --format dot', project.path)).stdout).toMatch(/digraph/)
  })

  it('is the same in the package.json that is shown', () => {
    const [block] = parseBlocks(document).filter(({ language }) => language === 'json')
    expect(new Map(Object.entries(JSON.parse(block?.text ?? '').scripts))).toEqual(commands)
  })
})

describe('the files for other programs', () => {
  it('are written with what is found, suppressed or not', async () => {
    await using project = await aProject({
      ...sound,
      'migrations/02_a.sql': 'CREATE TABEL a ();',
      'migrations/03_b.sql': '-- devflow-ignore drop-table: empty since March\nDROP TABLE cart;',
    })
    const line = 'devflow db validate --sarif-file findings.sarif --junit-file reports/migrations.xml'
    expect((await devflow(line, project.path)).exitCode).toBe(1)
    const rulesIn = async () =>
      JSON.parse(await readFile(join(project.path, 'findings.sarif'), 'utf8')).runs[0].results.map(
        ({ ruleId }: { ruleId: string }) => ruleId,
      )
    expect(await rulesIn()).toEqual(['syntax-error', 'drop-table'])
    // Code scanning would show what is suppressed as an open alert.
    await devflow(line, project.path, { GITHUB_ACTIONS: 'true' })
    expect(await rulesIn()).toEqual(['syntax-error'])
    await devflow(line, project.path)
    expect(await readFile(join(project.path, 'reports/migrations.xml'), 'utf8')).toContain('syntax-error 1:8')
  })

  it('stop a run that could not write them', async () => {
    await using project = await aProject({ ...sound, taken: '' })
    const { exitCode, stdout } = await devflow('devflow db validate --sarif-file taken/f.sarif', project.path)
    expect(exitCode).toBe(2)
    expect(stdout).toMatch(/The SARIF file .*taken\/f\.sarif can not be written/)
  })
})
