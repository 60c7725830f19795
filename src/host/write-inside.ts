import { randomBytes } from 'node:crypto'
import { lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'

/**
 * Writes a file as a whole or not at all, and makes its folder. No link leads it out of the folder that it must not leave,
 * and what is no regular file is not replaced.
 *
 * @param within absolute; absent: anywhere
 * @throws Error in words for a message
 */
export async function writeInside(path: string, text: string, within: string | undefined): Promise<void> {
  const folder = dirname(path)
  await refuseOutside(folder, within)
  await mkdir(folder, { recursive: true })
  await refuseOutside(folder, within)
  const before = await lstat(path).catch(() => undefined)
  if (before !== undefined && !before.isFile()) throw new Error('it is no regular file')
  const beside = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o644 })
    await rename(beside, path)
  } finally {
    await rm(beside, { force: true })
  }
}

/** Asked of the nearest folder that is there: a link on the way may lead anywhere. */
async function refuseOutside(folder: string, within: string | undefined): Promise<void> {
  if (within === undefined) return
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined && dirname(folder) !== folder) return refuseOutside(dirname(folder), within)
  const way = relative(await realpath(within), real ?? folder)
  if (way === '..' || way.startsWith(`..${sep}`) || way.startsWith(sep))
    throw new Error('a link leads out of the workspace')
}
