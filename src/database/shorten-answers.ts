import { openFields } from './shorten-fields.js'

/**
 * Takes what the server sends, in pieces of any size, and hands on what `pg` is to read: it would hold each message as a
 * whole, and make text of it, which has a longest length. Rows that nobody keeps are left out, and so is what `COPY … TO
 * STDOUT` writes; errors and notices are handed on by the beginning of what they say. All else is as it was sent.
 *
 * @param dropsRows asked at each row, when all before it was handed on
 */
export function shortenAnswers(
  dropsRows: () => boolean,
  handOn: (bytes: Buffer) => void,
): (bytes: Buffer) => void {
  /** Of a message of which not even the head is whole. */
  let head: Buffer = Buffer.alloc(0)
  /** Bytes of a message that are still to come. */
  let left = 0
  let way: Way = {}
  return (chunk) => {
    const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    let from = 0
    let at = 0
    const handOnTo = (end: number) => {
      if (end > from) handOn(bytes.subarray(from, end))
      from = end
    }
    while (at < bytes.length) {
      if (left === 0) {
        if (bytes.length - at < HEAD_BYTES) break
        left = 1 + bytes.readUInt32BE(at + 1)
        const kind = bytes[at] ?? 0
        if (!isPlain(kind, left)) {
          handOnTo(at)
          way = wayOf(kind, dropsRows)
        }
      }
      const end = Math.min(at + left, bytes.length)
      left -= end - at
      if (way.take) {
        way.take(bytes.subarray(at, end))
        from = end
      }
      at = end
      if (left > 0) break
      const { end: last } = way
      way = {}
      if (last) handOn(last())
    }
    handOnTo(at)
    head = Buffer.from(bytes.subarray(at))
  }
}

/** What becomes of a message other than being handed on. */
interface Way {
  /** Each piece of it, its head first. */
  readonly take?: (bytes: Buffer) => void
  /** What is handed on in its place, when it was whole. */
  readonly end?: () => Buffer
}

/** A byte of kind, then the length with itself (PostgreSQL's protocol 3). */
const HEAD_BYTES = 5

const [COPY_DATA, DATA_ROW, ERROR, NOTICE] = [0x64, 0x44, 0x45, 0x4e]

function isPlain(kind: number, length: number): boolean {
  if (kind === ERROR || kind === NOTICE) return length <= LONGEST_FIELD
  return kind !== DATA_ROW && kind !== COPY_DATA
}

function wayOf(kind: number, dropsRows: () => boolean): Way {
  if (kind === ERROR || kind === NOTICE) return openFields(LONGEST_FIELD)
  return kind === COPY_DATA || dropsRows() ? { take: () => {} } : {}
}

/**
 * Bytes. Much more than is ever shown: what is cut through here may be a secret, which would not be known for one any more.
 */
const LONGEST_FIELD = 1024 * 1024
