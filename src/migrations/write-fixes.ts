import { chmod, lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodeText } from './decode-text.js'
import { loadFile } from './load-file.js'

/** A text that is to stand in a file of the migrations folder. */
export interface Writing {
  /** Relative to the folder, with `/`. */
  readonly name: string
  readonly text: string
}

/** What is written together: without the new files, the rest of a fix must not be there. */
export interface Writings {
  /** With what it holds now. */
  readonly changed: Writing & { readonly before: string }
  /** None of them is there. */
  readonly added: readonly Writing[]
}

/**
 * Changes a file and adds others, all or none, and each whole; the changed one keeps its rights and its byte-order mark.
 * Nothing is written where it is not what it was when it was read, and no file is replaced by a new one.
 *
 * @param directory the migrations folder
 * @returns why nothing was written, a clause; undefined where all was
 */
export async function writeFixes(
  directory: string,
  { changed, added }: Writings,
): Promise<string | undefined> {
  const made: string[] = []
  let refusal: string | undefined
  try {
    const root = await realpath(directory)
    for (const { name, text } of added) {
      const path = join(root, name)
      // A migration may be a folder with a file in it.
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text, { flag: 'wx' })
      made.push(path)
    }
    refusal = await replace(join(root, changed.name), changed.before, changed.text)
  } catch (error) {
    refusal = `it can not be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`
  }
  if (refusal !== undefined) for (const path of made) await rm(path, { force: true })
  return refusal
}

async function replace(path: string, before: string, text: string): Promise<string | undefined> {
  const loaded = loadFile(path)
  const decoded = loaded.kind === 'read' ? decodeText(loaded.bytes) : undefined
  if (loaded.kind !== 'read' || decoded === undefined || !('text' in decoded) || decoded.text !== before)
    return 'it changed since it was read'
  const marked = loaded.bytes.subarray(0, MARK.length).equals(MARK)
  const { mode } = await lstat(path)
  const beside = `${path}.${process.pid}.devflow`
  try {
    await writeFile(beside, marked ? `\ufeff${text}` : text, { flag: 'wx' })
    await chmod(beside, mode & 0o777)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  return undefined
}

const MARK = Buffer.from('\ufeff')
