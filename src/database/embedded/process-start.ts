import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * When a process began, in words that only compare. Undefined where there is none, or only the rest of one that has
 * ended (a zombie).
 */
export async function findStart(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (line !== undefined) return startInStat(line)
  const isLinux = await readFile('/proc/self/stat').then(
    () => true,
    () => false,
  )
  return isLinux ? undefined : askPs(pid)
}

/** Fields by proc(5): after the name in parentheses, which may hold anything, the 1st is the state, the 20th the start. */
function startInStat(line: string): string | undefined {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

async function askPs(pid: number): Promise<string | undefined> {
  const said = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  const [, state = '', start] = /^(\S+)\s+(.+)$/.exec(said) ?? []
  return state.startsWith('Z') ? undefined : start
}
