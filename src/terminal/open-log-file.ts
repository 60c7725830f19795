import { type FileHandle, mkdir, open } from 'node:fs/promises'
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
    return await open(path, 'a')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError([
      {
        message: `The log file ${path} can not be written (${code ?? 'unknown reason'}).`,
        help: 'Name another file as log-file.',
      },
    ])
  }
}
