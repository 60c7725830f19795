import { openRegularFile } from './open-regular-file.js'

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
  const file = await openRegularFile(path, 'log-file', 'add')
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
