import { lstat, readFile, realpath } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { isAbsolute, relative } from 'node:path'
import { UserError } from '../model/user-error.js'
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
    osUser: userInfo().username,
    toolVersion,
  }
}

const LARGEST = 1024 * 1024

async function readSmallFile(path: string, boundary: string | undefined): Promise<string | undefined> {
  try {
    const real = await realpath(path)
    if (boundary !== undefined && !isInside(real, await realpath(boundary)))
      throw refuse(path, 'lies outside the workspace')
    const { size, isFile } = await lstat(real).then((stats) => ({ size: stats.size, isFile: stats.isFile() }))
    if (!isFile) throw refuse(path, 'is not a regular file')
    if (size > LARGEST) throw refuse(path, `has ${size} bytes, and ${LARGEST} are allowed`)
    return await readFile(real, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw refuse(path, `can not be read (${code ?? 'unknown reason'})`)
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way)
}

function refuse(path: string, what: string): UserError {
  return new UserError([{ message: `The file ${path} ${what}.`, help: 'Name another file.' }])
}
