import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../model/user-error.js'

/**
 * Opens a file for writing and makes its folder. Links are not followed, since what is written would go elsewhere.
 *
 * @param input the input that names it: `log-file`
 * @param mode `add` to what is there, or begin `anew`
 * @throws UserError where it can not be written
 */
export async function openRegularFile(
  path: string,
  input: string,
  mode: 'add' | 'anew',
): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const before = await lstat(path).catch(() => undefined)
    if (before && !before.isFile()) throw refused(path, input, 'is no regular file')
    return await open(path, FLAGS[mode], 0o644)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw refused(path, input, `can not be written (${code ?? 'unknown reason'})`)
  }
}

const ANY = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW
const FLAGS = { add: ANY | constants.O_APPEND, anew: ANY | constants.O_TRUNC } as const

function refused(path: string, input: string, why: string): UserError {
  const kind = input.replace('-', ' ').replace('sarif', 'SARIF').replace('junit', 'JUnit')
  return new UserError([{ message: `The ${kind} ${path} ${why}.`, help: `Name another file as ${input}.` }])
}
