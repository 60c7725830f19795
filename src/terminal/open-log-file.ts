import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../model/user-error.js'

/** The run's log on disk. Lines are written in order, and what is written is there when it is closed. */
export interface LogFile {
  readonly write: (line: string) => void
  readonly close: () => Promise<void>
}

/**
 * Opens a file that the run's log is appended to, and makes its folder.
 *
 * @throws UserError where it can not be written
 */
export async function openLogFile(path: string, now: () => Date): Promise<LogFile> {
  const file = await openForAppend(path)
  let written: Promise<unknown> = Promise.resolve()
  return {
    write: (line) => {
      const stamped = line.split('\n').map((each) => `${now().toISOString()} ${each}\n`)
      written = written.then(() => file.appendFile(stamped.join(''))).catch(() => {})
    },
    close: async () => {
      await written
      await file.close()
    },
  }
}

async function openForAppend(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const before = await lstat(path).catch(() => undefined)
    if (before && !before.isFile()) throw refused(path, 'is no regular file')
    return await open(
      path,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o644,
    )
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw refused(path, `can not be written (${code ?? 'unknown reason'})`)
  }
}

function refused(path: string, why: string): UserError {
  return new UserError([{ message: `The log file ${path} ${why}.`, help: 'Name another file as log-file.' }])
}
