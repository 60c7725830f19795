import { execFile } from 'node:child_process'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runAs } from './run-as.js'
import { isAbandoned } from './run-mark.js'
import { SCRATCH_PLACES } from './scratch.js'
import type { ServerAccount } from './server-account.js'

/** $1 is the folder, $2 the server that still runs in it, or nothing. */
const script = `
if [ -n "$2" ]; then
  kill -QUIT "$2" 2>/dev/null
  n=0
  while kill -0 "$2" 2>/dev/null && [ -e "$1/data/postmaster.pid" ] && [ "$n" -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
fi
n=0
while rm -rf "$1" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`

/**
 * Stops the servers and removes the temporary folders that runs left whose guard was killed with them. Folders of runs
 * that are alive, and of other users, are left alone. Never throws: a sweep that does not succeed stops no run.
 *
 * @param prefix of the folders' names
 */
export async function sweepScratch(prefix: string, account: ServerAccount | undefined): Promise<void> {
  for (const place of SCRATCH_PLACES()) {
    const names: string[] = await readdir(place).catch(() => [])
    for (const name of names.filter((one) => one.startsWith(prefix))) {
      await sweepFolder(join(place, name), account).catch(() => {})
    }
  }
}

/** As the folder's owner, whom nothing in it can lead to anything that is not the owner's. */
async function sweepFolder(folder: string, account: ServerAccount | undefined): Promise<void> {
  const found = await lstat(folder)
  const owners = [process.getuid?.(), account?.uid]
  if (!found.isDirectory() || !owners.includes(found.uid) || !(await isAbandoned(folder))) return
  const server = await findServer(folder)
  const asOwner = runAs(found.uid === account?.uid ? account : undefined)
  await promisify(execFile)('/bin/sh', ['-c', script, 'devflow-sweep', folder, server], asOwner)
}

/** The process in `postmaster.pid`, if it is that folder's server: the number may be another's by now. */
async function findServer(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  if (!(pid > 1)) return ''
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => askPs(pid))
  return command.includes(join(folder, 'data')) ? String(pid) : ''
}

async function askPs(pid: number): Promise<string> {
  return promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
