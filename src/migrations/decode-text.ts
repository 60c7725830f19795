import type { Finding } from '../model/finding.js'
import { excerpt } from '../sql/excerpt.js'
import { positionAt } from '../sql/position.js'

/** The text of a file, or why it has none that PostgreSQL could take. */
export type DecodedText =
  | { readonly text: string }
  | (Required<Pick<Finding, 'rule' | 'message' | 'help' | 'position'>> & Pick<Finding, 'excerpt'>)

/** Reads UTF-8 strictly, and leaves a byte-order mark out. */
export function decodeText(bytes: Uint8Array): DecodedText {
  let text: string
  try {
    text = withoutMark(strict.decode(bytes))
  } catch {
    return invalid(bytes)
  }
  const nul = text.indexOf('\0')
  return nul === -1 ? { text } : nulByte(text, nul)
}

// Making one takes longer than reading a small file with it.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function invalid(bytes: Uint8Array): DecodedText {
  const start = validStart(bytes)
  const length = Buffer.byteLength(start)
  const text = withoutMark(start)
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return {
    rule: 'invalid-utf-8',
    position: positionAt(text, text.length),
    message: utf16
      ? 'The file is UTF-16.'
      : `The file is not UTF-8: byte ${length + 1} is 0x${(bytes[length] ?? 0).toString(16).padStart(2, '0')}.`,
    help: 'Save it as UTF-8. Whatever else it is in would reach the database as other characters.',
  }
}

// The characters before the first that is wrong.
function validStart(bytes: Uint8Array): string {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodeStart(bytes.subarray(0, middle)) === undefined) bad = middle
    else good = middle
  }
  return decodeStart(bytes.subarray(0, good)) ?? ''
}

// A character that is cut off at the end is left out.
function decodeStart(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

function nulByte(text: string, offset: number): DecodedText {
  const position = positionAt(text, offset)
  return {
    rule: 'nul-byte',
    position,
    excerpt: excerpt(text, position),
    message: 'The file holds a NUL byte, behind which PostgreSQL would read nothing.',
    help: 'Remove it. Is this a text file?',
  }
}
