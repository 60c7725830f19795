import { createHash } from 'node:crypto'

/**
 * What git would call a text: as it is, and with CRLF as LF, as it is committed where line ends are converted.
 *
 * @param like a name of that repository, by whose length its hash is known
 */
export function blobIds(text: string, like: string): string[] {
  const algorithm = like.length === 64 ? 'sha256' : 'sha1'
  const texts = text.includes('\r\n') ? [text, text.replaceAll('\r\n', '\n')] : [text]
  return texts.map((each) => {
    const bytes = Buffer.from(each)
    return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  })
}
