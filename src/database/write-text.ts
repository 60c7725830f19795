import type { Writable } from 'node:stream'
import type { Connection } from 'pg'

/** A longer query is written in chunks: `pg` would hold it as a whole once more, and the socket's queue a second time. */
const LONG_QUERY = 256 * 1024

/** Characters that are encoded at a time; three bytes of UTF-8 each at most. */
const CHUNK = 64 * 1024

/**
 * Sends one simple-query message, in memory that does not grow with it. A broken connection is told by its own events.
 *
 * @param behind goes with its end: were it sent later, the server might have answered by then
 */
export async function writeQuery(connection: Connection, sql: string, behind: Uint8Array): Promise<void> {
  const { stream } = connection as Connection & { stream: Writable }
  if (sql.length <= LONG_QUERY) {
    stream.cork()
    connection.query(sql)
    if (behind.length > 0 && stream.writable) stream.write(behind)
    return stream.uncork()
  }
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(4 + Buffer.byteLength(sql) + 1, 1)
  await write(stream, head)
  const buffer = Buffer.allocUnsafe(3 * CHUNK)
  for (const chunk of chunksOf(sql)) await write(stream, buffer.subarray(0, buffer.write(chunk)))
  await write(stream, Buffer.concat([Buffer.alloc(1), behind]))
}

export interface CopyOptions {
  /** What goes with its end. */
  readonly behind: () => Uint8Array
  /** True as soon as the server is done with the message: what is sent then would be read by a COPY of the next one. */
  readonly isOver: () => boolean
}

/** Answers a COPY … FROM STDIN with its rows, a message a chunk. */
export async function writeCopy(
  connection: Connection,
  rows: string,
  { behind, isOver }: CopyOptions,
): Promise<void> {
  const { stream } = connection as Connection & { stream: Writable }
  const buffer = Buffer.allocUnsafe(5 + 3 * Math.min(CHUNK, rows.length))
  buffer.write('d')
  for (const chunk of chunksOf(rows)) {
    const length = buffer.write(chunk, 5)
    buffer.writeInt32BE(4 + length, 1)
    await write(stream, buffer.subarray(0, 5 + length))
    if (isOver()) return
  }
  await write(stream, Buffer.concat([COPY_DONE, behind()]))
}

const COPY_DONE = Buffer.from('c\0\0\0\x04')

// No half of a surrogate pair is encoded.
function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const code = text.charCodeAt(start + CHUNK - 1)
    const end = start + CHUNK - (code >= 0xd800 && code < 0xdc00 ? 1 : 0)
    yield text.slice(start, end)
    start = end
  }
}

// When it is called back the buffer may be written to again, so that one is enough.
function write(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write(bytes, () => resolve())
    else resolve()
  })
}
