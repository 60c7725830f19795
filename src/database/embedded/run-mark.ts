import { readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { findStart } from './process-start.js'

/** Whose temporary folder it is: what another run needs to tell whether that one is still alive. */
interface RunMark {
  readonly pid: number
  /** Process numbers are used again: this one began then. */
  readonly start: string
  /** The number means nothing on another machine, or in another container, that has the folder too. */
  readonly place: string
}

const FILE = 'devflow-run.json'

/** Marks a temporary folder as this run's. */
export async function writeRunMark(folder: string): Promise<void> {
  const start = (await findStart(process.pid)) ?? ''
  const mark: RunMark = { pid: process.pid, start, place: await findPlace() }
  await writeFile(join(folder, FILE), JSON.stringify(mark), { mode: 0o600, flag: 'wx' })
}

/** A run may have made its folder and not come to mark it yet. */
const UNMARKED_MS = 60_000

/** Nothing is known of a run elsewhere; none lasts this long. */
const ELSEWHERE_MS = 24 * 60 * 60_000

/** True where the run that made the folder is over, however it ended. */
export async function isAbandoned(folder: string): Promise<boolean> {
  const age = Date.now() - (await stat(folder)).mtimeMs
  const mark = await loadRunMark(folder)
  if (mark === undefined) return age > UNMARKED_MS
  if (mark.place !== (await findPlace())) return age > ELSEWHERE_MS
  return (await findStart(mark.pid)) !== mark.start
}

async function loadRunMark(folder: string): Promise<RunMark | undefined> {
  const path = join(folder, FILE)
  const isFile = await stat(path).then(
    (found) => found.isFile() && found.size < 10_000,
    () => false,
  )
  return isFile ? parseRunMark(await readFile(path, 'utf8').catch(() => '')) : undefined
}

function parseRunMark(text: string): RunMark | undefined {
  try {
    const { pid, start, place } = JSON.parse(text) as Partial<RunMark>
    const isWhole = Number.isInteger(pid) && typeof start === 'string' && typeof place === 'string'
    return isWhole ? { pid: Number(pid), start, place } : undefined
  } catch {
    return undefined
  }
}

async function findPlace(): Promise<string> {
  return `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`
}
