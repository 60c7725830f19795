import { createHash } from 'node:crypto'

/** How a file is recognised in history. */
export interface Checksums {
  /** `sha256:` over the text as UTF-8 without byte-order mark, CRLF as LF, lower-case hex: the same on every checkout. */
  readonly checksum: string
  /** What other runners may have stored: SHA-256 and MD5 of the raw bytes and of that text, lower-case hex, no prefix. */
  readonly otherChecksums: readonly string[]
}

/** @param text of those bytes, without byte-order mark */
export function makeChecksums(bytes: Uint8Array, text: string): Checksums {
  const normalised = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  const sha256 = hex('sha256', normalised)
  const others = [sha256, hex('md5', normalised), hex('sha256', bytes), hex('md5', bytes)]
  return { checksum: `sha256:${sha256}`, otherChecksums: [...new Set(others)] }
}

function hex(algorithm: 'sha256' | 'md5', data: string | Uint8Array): string {
  return createHash(algorithm).update(data).digest('hex')
}
