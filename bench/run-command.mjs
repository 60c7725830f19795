import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/** A command took longer than it may. */
export class TookTooLong extends Error {}

/**
 * Runs a command to its end.
 *
 * @returns seconds, lines of output, where `keep` is asked for what it printed, and where `weigh` is the megabytes that it and the processes it started
 *   held at most, which costs time and so is not to be asked for where time is measured
 * @throws when it ends with another code than `exitCode`, with the end of its output
 */
export async function runCommand(
  { file, args, env = {}, cwd, exitCode = 0 },
  home,
  { capMs, weigh, keep } = {},
) {
  const started = performance.now()
  const child = spawn(file, args, {
    cwd: cwd ?? home,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const output = tailOf(child)
  const printed = keep ? collect(child.stdout) : undefined
  const scale = weigh ? weighTree(child.pid) : undefined
  const timer = capMs === undefined ? undefined : setTimeout(() => kill(child.pid), capMs)
  const [code] = await once(child, 'close')
  const seconds = (performance.now() - started) / 1000
  clearTimeout(timer)
  if (capMs !== undefined && seconds * 1000 >= capMs) throw new TookTooLong(`${file} took over ${capMs} ms.`)
  if (code !== exitCode)
    throw new Error(`${file} ${args.join(' ').slice(0, 300)} ended with ${code}:\n${output.text()}`)
  return { seconds, lines: output.lines(), megabytes: scale?.(), text: printed?.() }
}

function collect(stream) {
  const chunks = []
  stream.on('data', (chunk) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

// The end is all that an error needs: what is measured may print a million lines.
function tailOf(child) {
  let tail = ''
  let lines = 0
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1
      tail = (tail + chunk.subarray(-4000)).slice(-4000)
    })
  }
  return { text: () => tail, lines: () => lines }
}

// A tool may have started another program.
function kill(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended in this moment.
  }
}

/** Linux keeps the most that each process ever held; of those that live at one time the sum counts. */
function weighTree(root) {
  if (process.platform !== 'linux') return () => undefined
  let most = 0
  const look = () => {
    const held = treeOf(root).reduce((sum, pid) => sum + peakOf(pid), 0)
    if (held > most) most = held
  }
  const timer = setInterval(look, 10)
  return () => {
    clearInterval(timer)
    return most / 1024
  }
}

function treeOf(pid) {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return [pid, ...children.flatMap(treeOf)]
  } catch {
    return []
  }
}

function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
