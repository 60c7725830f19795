import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { atTerminal } from '../support/at-terminal.js'
import { compileSource } from '../support/compile-source.js'
import { needs } from '../support/needs.js'

/** util-linux's `script` gives a program a terminal of its own. */
const { it: onTerminal } = needs({ program: 'script', atLeast: 2 })

/** As `cli.ts` does it. */
const RUN = `
import { endOnSignals } from './host/end-on-signals.js'
import { leave } from './host/leave.js'
import { ask } from './terminal/ask.js'
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
const signal = endOnSignals(() => {})
const yes = process.argv[2] === 'asks' ? await ask('Apply 2 migrations?', signal) : await runs()
process.stdout.write(yes + ' ' + signal.reason)
await leave({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal.reason] ?? 0)

function runs() {
  process.stderr.write('Applying')
  const alive = setInterval(() => {}, 1000)
  return new Promise((resolve) => signal.addEventListener('abort', () => {
    clearInterval(alive)
    resolve('ran')
  }))
}
`

let folder: string
beforeAll(async () => {
  folder = await compileSource(['terminal', 'model', 'host'], { packages: false })
  await writeFile(
    join(folder, 'question.js'),
    `import { ask } from './terminal/ask.js'\nconsole.log(await ask('Apply 2 migrations?', new AbortController().signal))\n`,
  )
  await writeFile(join(folder, 'run.js'), RUN)
})
afterAll(() => rm(folder, { recursive: true }))

/** What a process that asks says, given this on its standard input, which then ends. */
function answered(input: string): Promise<{ stdout: string; stderr: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'question.js')])
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    child.on('close', (code) => resolve({ stdout, stderr, code }))
    child.stdin.end(input)
  })
}

describe('asking', () => {
  it.each(['yes\n', 'YES\n', '  yes  \r\n'])('takes %j for a yes', async (input) => {
    expect(await answered(input)).toEqual({
      stdout: 'true\n',
      stderr: expect.stringContaining('Apply 2 migrations? Type yes to go on: '),
      code: 0,
    })
  })

  it.each(['\n', 'y\n', 'no\n', 'yes please\n', '\nyes\n', ''])('takes %j for a no', async (input) => {
    expect(await answered(input)).toMatchObject({ stdout: 'false\n', code: 0 })
  })
})

describe('at a terminal', () => {
  const run = (what: string, asks: string) => ({
    line: `"${process.execPath}" run.js ${what}`,
    cwd: folder,
    asks,
  })

  for (const [name, act, status, stdout] of [
    ['a yes', { type: 'yes\n' }, 0, 'true undefined'],
    ['a no', { type: 'no\n' }, 0, 'false undefined'],
    ['the end of the input', { type: '\u0004' }, 0, 'false undefined'],
    ['^C', { type: '\u0003' }, 130, 'false SIGINT'],
    ['SIGTERM', { send: 'SIGTERM' }, 143, 'false SIGTERM'],
    ['a closed terminal', 'close', 129, 'false SIGHUP'],
  ] as const) {
    onTerminal(`${name} ends the question at once`, async () => {
      const { ms, ...seen } = await atTerminal(run('asks', 'Type yes'), act)
      expect(seen).toEqual({ status, stdout })
      // Otherwise it would ask for ever, and `atTerminal` give up after half a minute.
      expect(ms).toBeLessThan(15_000)
    })
  }

  onTerminal('a closed terminal is told from the end of the input where its signal comes late', async () => {
    const { status, stdout } = await atTerminal({ ...run('asks', 'Type yes'), toldAfter: 0.7 }, 'close')
    expect([status, stdout]).toEqual([129, 'false SIGHUP'])
  })

  onTerminal('one that is closed while nothing is asked leaves the exit code of the signal', async () => {
    const { status, stdout } = await atTerminal(run('runs', 'Applying'), 'close')
    expect([status, stdout]).toEqual([129, 'ran SIGHUP'])
  })
})
