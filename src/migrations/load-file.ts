import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** What became of reading one file. */
export type LoadedFile =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'symlink' | 'not-a-regular-file' }
  | { readonly kind: 'file-too-large'; readonly size: number }
  /** The reason is the operating system's word: `EACCES`. */
  | { readonly kind: 'unreadable-file'; readonly reason: string }

/** Bytes of one file. */
export const LARGEST_FILE = 64 * 1024 * 1024

// Absent on Windows, where links need rights to be made.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

/**
 * Reads a regular file. What the path has become since it was listed is found on the opened file, so nothing can be put
 * in its place in between: a link is not followed, a FIFO not waited for.
 *
 * It blocks: for the small files migrations are, that takes an eighth of the time of reading many at once.
 */
export function loadFile(path: string): LoadedFile {
  let handle: number
  try {
    handle = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    return refusedOpening(error)
  }
  try {
    return loadOpened(handle)
  } catch (error) {
    return { kind: 'unreadable-file', reason: codeOf(error) }
  } finally {
    closeSync(handle)
  }
}

function refusedOpening(error: unknown): LoadedFile {
  const reason = codeOf(error)
  if (reason === 'ELOOP' || reason === 'EMLINK') return { kind: 'symlink' }
  // A socket, or a device without a driver.
  if (reason === 'ENXIO' || reason === 'EOPNOTSUPP') return { kind: 'not-a-regular-file' }
  return { kind: 'unreadable-file', reason }
}

function loadOpened(handle: number): LoadedFile {
  const status = fstatSync(handle)
  if (!status.isFile()) return { kind: 'not-a-regular-file' }
  if (status.size > LARGEST_FILE) return { kind: 'file-too-large', size: status.size }
  // One byte more than it should have shows that it grew.
  const bytes = Buffer.allocUnsafe(status.size + 1)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(handle, bytes, length, bytes.length - length, null)
  }
  return length === status.size
    ? { kind: 'read', bytes: bytes.subarray(0, length) }
    : { kind: 'unreadable-file', reason: 'it changed while it was read' }
}

function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? String(error)
}
