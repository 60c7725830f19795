import { LARGEST_FILE } from './load-file.js'
import { loadGit } from './load-git.js'

/**
 * Reads what git holds, one after the other, as it was committed: no filter runs on it.
 *
 * @param ids names of blobs, in git's hexadecimal
 * @param onBlob is given the bytes; undefined for what is not there, or is larger than a migration may be
 */
export async function loadBlobs(
  folder: string,
  ids: readonly string[],
  onBlob: (id: string, bytes: Buffer | undefined) => void,
): Promise<void> {
  if (ids.length === 0) return
  const left = new Set(ids)
  const read = makeReader((id, bytes) => {
    if (left.delete(id)) onBlob(id, bytes)
  })
  await loadGit(folder, ['cat-file', '--batch'], { input: `${ids.join('\n')}\n`, onOutput: read })
  // In a clone with a filter git gives up at the first that it has not.
  for (const id of left) onBlob(id, undefined)
}

/** Takes apart `<id> blob <size>`, a line end, that many bytes, a line end; or `<id> missing`. */
function makeReader(onBlob: (id: string, bytes: Buffer | undefined) => void): (chunk: Buffer) => void {
  let id = ''
  // Of a blob, with the line end behind it; 0: a head is read.
  let left = 0
  let kept: Buffer[] | undefined = []
  let head = ''
  const readHead = (chunk: Buffer): Buffer => {
    const end = chunk.indexOf(LINE_END)
    head += chunk.toString('latin1', 0, end === -1 ? chunk.length : end)
    if (end === -1) return NOTHING
    const [name = '', kind, size] = head.split(' ')
    head = ''
    id = name
    if (kind === 'missing' || size === undefined) onBlob(id, undefined)
    else {
      left = Number(size) + 1
      kept = kind === 'blob' && left <= LARGEST_FILE ? [] : undefined
    }
    return chunk.subarray(end + 1)
  }
  const readBody = (chunk: Buffer): Buffer => {
    const part = chunk.subarray(0, left)
    kept?.push(part)
    left -= part.length
    if (left === 0) onBlob(id, kept && Buffer.concat(kept).subarray(0, -1))
    return chunk.subarray(part.length)
  }
  return (chunk) => {
    for (let rest = chunk; rest.length > 0; ) rest = left > 0 ? readBody(rest) : readHead(rest)
  }
}

const LINE_END = 10
const NOTHING = Buffer.alloc(0)
