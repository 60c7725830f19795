import { leftOut } from '../model/cut-message.js'

/** A message that is taken piece by piece. */
export interface Fields {
  /** The first piece has the whole head. */
  readonly take: (bytes: Buffer) => void
  /** The message with what was kept. */
  readonly end: () => Buffer
}

/**
 * An error or a notice of any length, in bounded memory: of each of its fields the beginning is kept, with how many
 * characters of it were left out.
 *
 * @param longest bytes of a field
 */
export function openFields(longest: number): Fields {
  const done: Buffer[] = []
  let head: Buffer | undefined
  let field: Field | undefined
  const take = (bytes: Buffer) => {
    let at = 0
    if (!head) {
      head = Buffer.from(bytes.subarray(0, HEAD_BYTES))
      at = HEAD_BYTES
    }
    while (at < bytes.length) {
      const end = field ? bytes.indexOf(0, at) : at + 1
      const part = bytes.subarray(at, end === -1 ? bytes.length : end)
      at += part.length
      if (!field) {
        done.push(Buffer.from(part))
        // A zero in place of a field's kind ends the message.
        if (part[0] !== 0) field = { kept: [], length: 0, left: 0 }
        continue
      }
      add(field, part, longest)
      if (end === -1) continue
      done.push(textOf(field), END)
      field = undefined
      at++
    }
  }
  const end = () => {
    const body = Buffer.concat(done)
    head?.writeUInt32BE(HEAD_BYTES - 1 + body.length, 1)
    return Buffer.concat([head ?? body, body])
  }
  return { take, end }
}

interface Field {
  readonly kept: Buffer[]
  /** Bytes that are kept. */
  length: number
  /** Characters that are not. */
  left: number
}

const HEAD_BYTES = 5
const END = Buffer.alloc(1)

function add(field: Field, part: Buffer, longest: number): void {
  const beginning = part.subarray(0, longest - field.length)
  if (beginning.length > 0) field.kept.push(Buffer.from(beginning))
  field.length += beginning.length
  // In UTF-8 a character is one byte that begins it, and others that go on with it.
  for (let at = beginning.length; at < part.length; at++) if (((part[at] ?? 0) & 0xc0) !== 0x80) field.left++
}

function textOf({ kept, left }: Field): Buffer {
  const bytes = Buffer.concat(kept)
  if (left === 0) return bytes
  const text = bytes.toString()
  const whole = text.replace(/\ufffd$/, '')
  return Buffer.from(whole + leftOut(left + text.length - whole.length))
}
