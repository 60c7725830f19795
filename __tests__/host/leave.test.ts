import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compileSource } from '../support/compile-source.js'
import { needs } from '../support/needs.js'

/** Opening a pipe that nobody writes to holds a thread for ever, as a name server that does not answer does for long. */
const { it: withPipe } = needs('mkfifo')

const RUN = `
import { open } from 'node:fs/promises'
import { endOnSignals } from './host/end-on-signals.js'
import { leave } from './host/leave.js'
const [, , held, obeys, exitCode] = process.argv
const signal = endOnSignals(() => console.log('told'))
if (held !== 'none') void open(new URL(held === 'pipe' ? 'pipe' : 'run.js', import.meta.url))
setInterval(() => {}, 1000)
console.log('begun')
if (exitCode) await leave(Number(exitCode))
signal.addEventListener('abort', async () => {
  if (obeys === 'obeys') await leave(143)
})
`

let folder: string
beforeAll(async () => {
  folder = await compileSource(['host', 'model'])
  await writeFile(join(folder, 'run.js'), RUN)
  spawnSync('mkfifo', [join(folder, 'pipe')])
})
afterAll(() => rm(folder, { recursive: true }))

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Who is held up is so for ever, and ended so long after its signal: by SIGKILL, and not by what it was sent. */
const HELD_UP_MS = 15_000

/** Sends these once the program has said so many words. */
async function end(words: readonly string[], signals: readonly NodeJS.Signals[] = []): Promise<End> {
  const child = spawn(process.execPath, [join(folder, 'run.js'), ...words])
  const ended = new Promise<End>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  const killer = setTimeout(() => child.kill('SIGKILL'), HELD_UP_MS)
  for (const [index, signal] of signals.entries()) {
    await said(child, index + 1)
    child.kill(signal)
    killer.refresh()
  }
  const how = await ended
  clearTimeout(killer)
  return how
}

const lines = new WeakMap<ChildProcess, string[]>()

function said(child: ChildProcess, count: number): Promise<void> {
  return new Promise((resolve) => {
    const heard = lines.get(child) ?? []
    lines.set(child, heard)
    if (heard.length >= count) return resolve()
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      heard.push(...text.trim().split('\n'))
      if (heard.length >= count) resolve()
    })
  })
}

describe('a process that was asked to end', () => {
  it.each(['none', 'file'])('leaves with the exit code of the signal, with %s being read', async (held) => {
    expect(await end([held, 'obeys'], ['SIGTERM'])).toMatchObject({ code: 143, signal: null })
  })

  it('leaves with the exit code of a second one', async () => {
    expect(await end(['none', 'goes on'], ['SIGTERM', 'SIGINT'])).toMatchObject({ code: 130, signal: null })
  })

  withPipe('is held up by no thread, and dies of the signal then', async () => {
    expect(await end(['pipe', 'obeys'], ['SIGTERM'])).toEqual({ code: null, signal: 'SIGTERM' })
  })

  withPipe('nor is it at a second one', async () => {
    expect(await end(['pipe', 'goes on'], ['SIGTERM', 'SIGINT'])).toEqual({ code: null, signal: 'SIGINT' })
  })

  withPipe('has the same status in a shell either way', () => {
    for (const held of ['none', 'pipe']) {
      const line = `"${process.execPath}" "${join(folder, 'run.js')}" ${held} x 129; echo $?`
      expect(
        spawnSync('sh', ['-c', line], { encoding: 'utf8', timeout: HELD_UP_MS })
          .stdout.trim()
          .split('\n')
          .at(-1),
      ).toBe('129')
    }
  })
})

describe('a process that ends by itself', () => {
  it.each(['0', '1'])('has the exit code %s', async (code) => {
    expect(await end(['none', 'x', code])).toMatchObject({ code: Number(code), signal: null })
  })
})
