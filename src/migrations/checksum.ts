import crypto, { createHash } from 'node:crypto'
import { atOnce } from '../model/at-once.js'

/** How a file is recognised in history. */
export interface Checksums {
  /** `sha256:` over the text as UTF-8 without byte-order mark, CRLF as LF, lower-case hex: the same on every checkout. */
  readonly checksum: string
  /** What other runners may have stored: SHA-256 and MD5 of the raw bytes and of that text, lower-case hex, no prefix. */
  readonly otherChecksums: readonly string[]
}

/** @param text of those bytes, without byte-order mark */
export function makeChecksums(bytes: Uint8Array, text: string): Checksums {
  return atOnce(makingChecksums(bytes, text))
}

/** {@link makeChecksums} with pauses where there is much to read. */
export function* makingChecksums(bytes: Uint8Array, text: string): Generator<undefined, Checksums> {
  const body = startsWithMark(bytes) ? bytes.subarray(3) : bytes
  const digest = text.includes('\r\n') ? hexNormalised : hex
  const sha256 = yield* digest('sha256', body)
  const ofText = [sha256, yield* digest('md5', body)]
  const ofBytes =
    digest === hex && body === bytes ? [] : [yield* hex('sha256', bytes), yield* hex('md5', bytes)]
  return { checksum: `sha256:${sha256}`, otherChecksums: [...ofText, ...ofBytes] }
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** With CRLF as LF; of a large file, a chunk at a time is copied. */
function* hexNormalised(algorithm: 'sha256' | 'md5', bytes: Uint8Array): Generator<undefined, string> {
  if (bytes.length <= CHUNK) return yield* hex(algorithm, withoutReturns(bytes))
  const hash = createHash(algorithm)
  for (let at = 0; at < bytes.length; ) {
    const end = at + CHUNK
    // CRLF is not cut in two.
    const whole = bytes[end - 1] === CR ? end + 1 : end
    hash.update(withoutReturns(bytes.subarray(at, whole)))
    at = whole
    yield
  }
  return hash.digest('hex')
}

const CHUNK = 1024 * 1024

/** The bytes themselves are looked at, because in UTF-8 no other character holds these two. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  const kept = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== CR || bytes[at + 1] !== LF) kept[length++] = bytes[at] ?? 0
  }
  return kept.subarray(0, length)
}

const CR = 13
const LF = 10

function* hex(algorithm: 'sha256' | 'md5', data: Uint8Array): Generator<undefined, string> {
  if (data.length <= CHUNK)
    return hashAtOnce?.(algorithm, data) ?? createHash(algorithm).update(data).digest('hex')
  const hash = createHash(algorithm)
  for (let at = 0; at < data.length; at += CHUNK) {
    hash.update(data.subarray(at, at + CHUNK))
    yield
  }
  return hash.digest('hex')
}

// From Node 20.12 on, and for small files in a third of the time.
const hashAtOnce = 'hash' in crypto ? crypto.hash : undefined
