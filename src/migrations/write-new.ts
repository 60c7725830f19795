import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writing } from './write-fixes.js'

/**
 * Writes a file that is not there yet into the migrations folder; one that is there stays as it is.
 *
 * @param directory the migrations folder
 * @returns why it was not written, a clause; undefined where it was
 */
export async function writeNew(directory: string, { name, text }: Writing): Promise<string | undefined> {
  try {
    const path = join(await realpath(directory), name)
    // A migration may be a folder with a file in it.
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' })
    return undefined
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    return code === 'EEXIST' ? 'there is a file of that name already' : `it can not be written (${code})`
  }
}
