import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type JobOptions, type JobResult, runAction } from './run-action.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let scripts = 0
async function run(code: string, options: Partial<JobOptions> = {}): Promise<JobResult> {
  scripts += 1
  const script = join(folder, `script-${scripts}.mjs`)
  await writeFile(script, `import { appendFileSync } from 'node:fs'\n${code}`)
  return runAction({ script, ...options })
}

const append = (file: string, text: string) =>
  `appendFileSync(process.env.${file}, ${JSON.stringify(text)})\n`

describe('the emulated job', () => {
  it('passes inputs with hyphens kept, and nothing of its own environment', async () => {
    process.env.EMULATOR_CANARY = 'leaked'
    const code = `console.log(JSON.stringify([process.env['INPUT_DATABASE-URL'], process.env.EMULATOR_CANARY ?? null, process.env.X]))`
    const { stdout } = await run(code, { inputs: { 'database-url': 'u' }, env: { X: 'y' } })
    delete process.env.EMULATOR_CANARY
    expect(JSON.parse(stdout)).toEqual(['u', null, 'y'])
  })

  it('reads commands from both streams', async () => {
    const { annotations } = await run(`console.log('::notice::out'); console.error('::warning::err')`)
    expect(annotations.map(({ message }) => message).sort()).toEqual(['err', 'out'])
  })

  it('lets the output file win over a forged line', async () => {
    const { outputs } = await run(
      `console.log('::set-output name=ready::true')\n${append('GITHUB_OUTPUT', 'ready=false\n')}`,
    )
    expect(outputs).toEqual({ ready: 'false' })
  })

  it('fails a step whose output file is malformed, though the process succeeded', async () => {
    const result = await run(append('GITHUB_OUTPUT', 'a<<E\nnever ended\n'))
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: {} })
  })

  it('does not pass on outputs that hold a mask', async () => {
    const code = `console.log('::add-mask::hunter2')\n${append('GITHUB_OUTPUT', 'a=has hunter2\nb=clean\n')}`
    const result = await run(code)
    expect(result.droppedOutputs).toEqual({ a: 'has hunter2' })
    expect(result.masks).toEqual(['hunter2'])
  })

  it('drops a summary above 1 MiB whole, without failing the step', async () => {
    const fits = await run(`appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1048576))`)
    expect(fits.summary).toHaveLength(1048576)
    const over = await run(`appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'x'.repeat(1048577))`)
    expect(over).toMatchObject({ summary: '', conclusion: 'success' })
    expect(over.annotations[0]?.message).toMatch('upload aborted')
  })

  it('masks the summary and the log', async () => {
    const code = `console.log('log hunter2')\n${append('GITHUB_STEP_SUMMARY', 'sum hunter2')}`
    const result = await run(code, { secrets: ['hunter2'] })
    expect(result.summary).toBe('sum ***')
    expect(result.log).toEqual(['log ***'])
    expect(result.raw).toEqual(['log hunter2'])
  })

  it('collects path, environment and state, and refuses NODE_OPTIONS', async () => {
    const result = await run(
      append('GITHUB_PATH', '/opt/one\n\n/opt/two\n') +
        append('GITHUB_ENV', 'A=b\nNODE_OPTIONS=--inspect\n') +
        append('GITHUB_STATE', 'c=d\n'),
    )
    expect(result.path).toEqual(['/opt/one', '/opt/two'])
    expect(result.environment).toEqual({ A: 'b' })
    expect(result.state).toEqual({ c: 'd' })
    expect(result.conclusion).toBe('failure')
  })

  it('tells the exit code and the signal that ended the process', async () => {
    expect(await run('process.exit(3)')).toMatchObject({ exitCode: 3, conclusion: 'failure' })
    const signal = { name: 'SIGTERM', when: 'ready' } as const
    const killed = await run(`console.log('ready'); setInterval(() => {}, 1000)`, { signal })
    expect(killed.exitCode).toBe(143)
  })

  it('gives the event, its payload and a workspace', async () => {
    const code = `import { readFileSync } from 'node:fs'
      console.log(process.env.GITHUB_EVENT_NAME, readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'), process.cwd() === process.env.GITHUB_WORKSPACE)`
    const { stdout } = await run(code, { event: { name: 'pull_request', payload: { number: 7 } } })
    expect(stdout).toBe('pull_request {"number":7} true\n')
  })
})
