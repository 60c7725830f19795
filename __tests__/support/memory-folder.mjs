import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

/** Where Linux keeps files in memory. */
const place = '/dev/shm'

/** Several times what the tests' servers, folders and copies of dist/ take at the same time. */
const neededBytes = 4 * 2 ** 30

/**
 * Lets everything temporary of the tests lie in memory, where there is room: a new database is 300 files, which cost ten
 * times as much on a disk. Nothing in the tests pulls the plug of a machine. Returns what takes the folder away again.
 */
export function useMemoryFolder() {
  if (process.env.TMPDIR || !isFit()) return () => {}
  removeForgotten()
  const folder = mkdtempSync(join(place, `devflow-tests-${process.pid}-`))
  // The tests' servers do not run as root, and must get in.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  return onEveryEnd(() => rmSync(folder, { recursive: true, force: true }))
}

/** Ctrl-C and the end of a job end jest without a teardown. */
function onEveryEnd(remove) {
  process.once('exit', remove)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => {
      try {
        remove()
      } finally {
        process.kill(process.pid, signal)
      }
    })
  return remove
}

/** What a run that was killed left; an hour later, since the number of a process says nothing in another container. */
function removeForgotten() {
  for (const name of readdirSync(place)) {
    const [, pid] = /^devflow-tests-(\d+)-/.exec(name) ?? []
    if (pid === undefined || isRunning(Number(pid))) continue
    const folder = join(place, name)
    try {
      if (Date.now() - statSync(folder).mtimeMs > 3_600_000) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Somebody else's, or somebody was quicker.
    }
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

function isFit() {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize >= neededBytes && freemem() >= neededBytes && mayRunPrograms()
  } catch {
    return false
  }
}

/** Some containers forbid it there, and PostgreSQL may have to be copied to where its account can reach it. */
function mayRunPrograms() {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  const [, , , options = 'noexec'] = mounts.find((line) => line.split(' ')[1] === place)?.split(' ') ?? []
  return !options.split(',').includes('noexec')
}
