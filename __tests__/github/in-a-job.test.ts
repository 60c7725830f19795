import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OUTPUTS } from '../../src/render/outputs.js'
import { exampleReports } from '../render/example-reports.js'
import { aReport } from '../support/builders.js'
import { compileSource } from '../support/compile-source.js'
import { type JobOptions, type JobResult, runAction } from '../support/runner/run-action.js'

const run = promisify(execFile)
let compiled = ''
beforeAll(async () => {
  compiled = await compileSource(['github', 'render', 'model'])
})
afterAll(() => rm(compiled, { recursive: true, force: true }))

let scripts = 0
/** Runs code that uses the stages as an entry does, as a step of a job. */
async function runInJob(code: string, options: Partial<JobOptions> = {}): Promise<JobResult> {
  scripts += 1
  const script = join(compiled, `script-${scripts}.js`)
  await writeFile(script, code)
  return runAction({ script, ...options })
}

const entry = (report: unknown) => `
  import { deliver } from './github/deliver.js'
  import { makeStepLog } from './github/step-log.js'
  import { renderAnnotation } from './render/annotation-command.js'
  import { makeAnnotations } from './render/annotations.js'
  import { logText } from './render/foreign-text.js'
  import { makeOutputs } from './render/outputs.js'
  import { renderSummary } from './render/summary.js'
  import { renderTerminal } from './render/terminal.js'
  const report = ${JSON.stringify(report)}
  const log = makeStepLog((chunk) => process.stdout.write(chunk), logText)
  log.write(renderTerminal(report, { color: false }))
  await deliver({
    outputs: makeOutputs(report, '/runner/report.json'),
    masked: [],
    annotations: makeAnnotations(report).map(renderAnnotation),
    summary: (limit) => renderSummary(report, limit),
    exitCode: report.exitCode,
  }, process.env, log)`

describe('a report delivered to GitHub', () => {
  it.each(Object.entries(exampleReports))('of a run that is %s arrives whole', async (_, report) => {
    const result = await runInJob(entry(report))
    expect(result.exitCode).toBe(report.exitCode)
    expect(result.conclusion).toBe(report.exitCode === 0 ? 'success' : 'failure')
    expect(Object.keys(result.outputs).sort()).toEqual(Object.keys(OUTPUTS).sort())
    expect(result.outputs.ready).toBe(String(report.ready))
    expect(result.droppedOutputs).toEqual({})
    expect(result.droppedAnnotations).toEqual([])
    expect(result.summary).toMatch(/^## /)
    expect(result.stderr).toBe('')
  })

  it('shows drift as an error on the file', async () => {
    const { annotations } = await runInJob(entry(exampleReports.drift))
    expect(annotations.map(({ level, file, line }) => [level, file, line])).toEqual([
      ['error', 'migrations/01_users.sql', 1],
      ['error', 'migrations/02_order.sql', 1],
      ['error', 'migrations/00_gone.sql', 1],
    ])
  })

  it('believes no command that stands in the report', async () => {
    const { commands, outputs } = await runInJob(entry(exampleReports.hostile))
    expect(commands.map(({ name }) => name)).toEqual(['error'])
    expect(outputs.ready).toBe('false')
  })

  it('tells in the log that the outputs could not be set, and delivers the rest', async () => {
    const env = { GITHUB_OUTPUT: '/no/such/file' }
    const script = `process.env.GITHUB_OUTPUT = '/no/such/file'\n${entry(exampleReports.failed)}`
    const result = await runInJob(script, { env })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toEqual({})
    expect(result.log).toContainEqual(expect.stringMatching(/^The outputs were not set: /))
    expect(result.annotations).toHaveLength(1)
    expect(result.summary).toMatch(/^## ❌/)
  })
})

describe('masks', () => {
  it('hide a secret in every later line, output and summary', async () => {
    const code = `
      import { maskSecrets } from './github/mask.js'
      import { makeStepLog } from './github/step-log.js'
      maskSecrets(['pa%ss\\nword-two', 'abc', ' '], makeStepLog((text) => process.stdout.write(text), String))
      console.log('log pa%ss and word-two and abc')`
    const result = await runInJob(code)
    expect(result.log).toEqual(['log *** and *** and abc'])
    expect(result.masks).toContain('pa%ss\nword-two')
    expect(result.masks).not.toContain('abc')
  })
})

describe('the command line in a job', () => {
  const code = (report: unknown) => `
    import { deliverInJob, isInJob } from './github/cli-in-job.js'
    import { makeStepLog } from './github/step-log.js'
    import { renderAnnotation } from './render/annotation-command.js'
    import { makeAnnotations } from './render/annotations.js'
    import { logText } from './render/foreign-text.js'
    import { renderJson } from './render/json.js'
    import { renderSummary } from './render/summary.js'
    const report = ${JSON.stringify(report)}
    if (!isInJob(process.env)) throw new Error('not in a job')
    process.stdout.write(renderJson(report))
    await deliverInJob(
      makeAnnotations(report).map(renderAnnotation),
      (limit) => renderSummary(report, limit),
      process.env,
      makeStepLog((chunk) => process.stderr.write(chunk), logText),
    )`

  it('annotates on standard error and leaves standard output to JSON', async () => {
    const result = await runInJob(code(exampleReports.hostile))
    expect(JSON.parse(result.stdout).status).toBe('failed')
    expect(result.stderr).toMatch(/^::error /)
    expect(result.annotations).toHaveLength(1)
    expect(result.commands).toHaveLength(1)
    expect(result.summary).toMatch(/^## ❌/)
    expect(result.outputs).toEqual({})
  })

  it('goes on without a file for the summary, with a note', async () => {
    const result = await runInJob(`process.env.GITHUB_STEP_SUMMARY = '/no/such/file'\n${code(aReport())}`)
    expect(result.exitCode).toBe(0)
    expect(result.stderr).toMatch(/^The job summary was not written: ENOENT/)
  })

  it('loads no package: neither the toolkit nor the schema library', async () => {
    const bare = await compileSource(['github', 'render', 'model'], { packages: false })
    const script = join(bare, 'script.js')
    await writeFile(script, code(aReport()))
    const result = await runAction({ script })
    await rm(bare, { recursive: true, force: true })
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('the command devflow on PATH', () => {
  it('runs the bundled command line with its arguments, from a folder with any name', async () => {
    const temp = await mkdtemp(join(tmpdir(), "runner's temp $HOME "))
    await mkdir(join(temp, 'action'))
    const cli = join(temp, 'action', 'cli.js')
    await writeFile(cli, 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3')
    const code = `
      import { addToPath } from './github/add-to-path.js'
      await addToPath(${JSON.stringify(cli)}, process.env.RUNNER_TEMP)`
    const { path } = await runInJob(code, { env: { RUNNER_TEMP: temp } })
    expect(path).toHaveLength(1)
    const shim = join(path[0] as string, 'devflow')
    expect((await stat(shim)).mode & 0o777).toBe(0o755)
    const arguments_ = ['db', 'status', 'two words', '$HOME', "it's", '']
    const ended = await run(shim, arguments_).catch(
      (error: unknown) => error as { stdout: string; code: number },
    )
    expect(ended).toMatchObject({ code: 3 })
    expect(JSON.parse(ended.stdout)).toEqual(arguments_)
    await rm(temp, { recursive: true, force: true })
  })
})
