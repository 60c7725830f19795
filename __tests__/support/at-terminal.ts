import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aFolder } from './postgres/a-folder.js'

/** What is done once the program asks: keys are typed, a signal is sent to it, or its terminal is closed. */
export type Act = { readonly type: string } | { readonly send: NodeJS.Signals } | 'close'

export interface AtTerminal {
  /** What the shell on the terminal saw: 128 + n where a signal ended it. */
  readonly status: number
  readonly stdout: string
  /** From the act to the end. */
  readonly ms: number
}

interface Program {
  /** Words for the shell, the program's first. */
  readonly line: string
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** What it says when it asks, on its standard error. */
  readonly asks: string
  /** Seconds after which its shell tells it that the terminal was closed, as on a busy machine. */
  readonly toldAfter?: number
}

/** Runs a program with util-linux's `script` on a terminal of its own, its standard output in a file. */
export async function atTerminal(
  { line, cwd, env = {}, asks, toldAfter = 0 }: Program,
  act: Act,
): Promise<AtTerminal> {
  await using folder = await aFolder()
  const file = (name: string) => join(folder.path, name)
  // As a shell does: what a closed terminal sends to it goes on to the program, which it waits for.
  const command = [
    `trap '${toldAfter > 0 ? `sleep ${toldAfter}; ` : ''}kill -HUP $pid' HUP; trap : INT`,
    `exec 3<&0; ${line} <&3 > "${file('out')}" & pid=$!; echo $pid > "${file('pid')}"`,
    `wait $pid; status=$?; while kill -0 $pid 2>/dev/null; do wait $pid; status=$?; done`,
    `echo $status > "${file('status')}"`,
  ].join('\n')
  const child = spawn('script', ['-qc', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await asked(child, asks)
  const at = performance.now()
  if (act === 'close') child.kill('SIGKILL')
  else if ('type' in act) child.stdin?.write(act.type)
  else process.kill(Number(await readFile(file('pid'), 'utf8')), act.send)
  const status = await written(file('status'))
  const ms = performance.now() - at
  child.kill('SIGKILL')
  return { status: Number(status), stdout: await readFile(file('out'), 'utf8'), ms }
}

function asked(child: ChildProcess, words: string): Promise<void> {
  let screen = ''
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => reject(new Error(`it ended without having asked: ${screen}`)))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (screen.includes(words)) resolve()
    })
  })
}

async function written(path: string): Promise<string> {
  for (let tries = 0; tries < 3_000; tries++) {
    const text = await readFile(path, 'utf8').catch(() => '')
    if (text.endsWith('\n')) return text.trim()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the program did not end within half a minute')
}
