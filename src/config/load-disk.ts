import { lstat, readFile, realpath } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { UserError } from '../model/user-error.js'
import { isInside } from './is-inside.js'
import type { System } from './sources.js'

/**
 * The machine as configuration sees it.
 *
 * @param boundary nothing that lies outside this folder is read, whatever links say
 */
export function loadDisk(toolVersion: string, boundary: string | undefined): System {
  return {
    readFile: (path) => readSmallFile(path, boundary),
    exists: (path) => lstat(path).then(Boolean, () => false),
    readPlan: (path) => readSmallFile(path, undefined, LARGEST_EVENT),
    // The runner's own file, which lies outside the workspace; nothing of it is shown.
    readEvent: (path) => readSmallFile(path, undefined, LARGEST_EVENT).catch(() => undefined),
    osUser: osUser(),
    toolVersion,
  }
}

/** A process in a container may run under a number that has no name. */
function osUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

const LARGEST = 1024 * 1024
const LARGEST_EVENT = 32 * LARGEST

async function readSmallFile(
  path: string,
  boundary: string | undefined,
  largest = LARGEST,
): Promise<string | undefined> {
  try {
    const real = await realpath(path)
    if (boundary !== undefined && !isInside(await realpath(boundary), real))
      throw refuse(path, 'lies outside the workspace')
    const { size, isFile } = await lstat(real).then((stats) => ({ size: stats.size, isFile: stats.isFile() }))
    if (!isFile) throw refuse(path, 'is not a regular file')
    if (size > largest) throw refuse(path, `has ${size} bytes, and ${largest} are allowed`)
    return await readFile(real, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw refuse(path, `can not be read (${code ?? 'unknown reason'})`)
  }
}

function refuse(path: string, what: string): UserError {
  return new UserError([{ message: `The file ${path} ${what}.`, help: 'Name another file.' }])
}
