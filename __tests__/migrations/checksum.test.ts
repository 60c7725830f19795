import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makeChecksums } from '../../src/migrations/checksum.js'
import { decodeText } from '../../src/migrations/decode-text.js'

function of(content: string) {
  const bytes = Buffer.from(content)
  const decoded = decodeText(bytes)
  if (!('text' in decoded)) throw new Error(decoded.message)
  return makeChecksums(bytes, decoded.text)
}

const emptyTextSha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

describe('a checksum', () => {
  it('is SHA-256 with its name in front', () => {
    expect(of('').checksum).toBe(`sha256:${emptyTextSha256}`)
  })

  it('is the same with and without a byte-order mark, with CRLF and LF', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'é', '😀', '\n', ' ', ';', '\t')), (characters) => {
        const text = characters.join('')
        const { checksum } = of(text)
        expect(of(`\ufeff${text}`).checksum).toBe(checksum)
        expect(of(text.replaceAll('\n', '\r\n')).checksum).toBe(checksum)
        expect(of(`\ufeff${text.replaceAll('\n', '\r\n')}`).checksum).toBe(checksum)
      }),
    )
  })

  it.each([
    ['a space at the end', 'select 1', 'select 1 '],
    ['an empty line at the end', 'a\n', 'a\n\n'],
    ['a no-break space', 'a b', 'a\u00a0b'],
    ['a carriage return alone', "select 'a\rb'", "select 'a\nb'"],
    ['a byte-order mark inside', 'a', 'a\ufeff'],
    ['the way an accent is written', 'é', 'e\u0301'],
  ])('differs for %s', (_, a, b) => {
    expect(of(a).checksum).not.toBe(of(b).checksum)
  })

  it('is that of the text with LF where a large file has a CRLF on the border of a chunk', () => {
    for (const length of [1024 * 1024 - 2, 1024 * 1024 - 1, 1024 * 1024]) {
      const text = `${'x'.repeat(length)}\n\ry`
      expect(of(text.replace('\n', '\r\n')).checksum).toBe(of(text).checksum)
    }
  })

  it('comes with what other runners store: SHA-256 and MD5, raw and normalised', () => {
    // printf 'a\nb' | sha256sum; … | md5sum; printf 'a\r\nb' | sha256sum; … | md5sum
    expect(of('a\r\nb').otherChecksums).toEqual([
      '7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78',
      '8cdeb44417f3c26826595d5820cf5700',
      '18745f36a05e29072709042d6062ce54f1b08ff36c27ba80c39f81fb010c8ce2',
      '65d5f03c46e62e3f2babbe712d2ce464',
    ])
  })

  it('needs two of them where raw and normalised are the same', () => {
    expect(of('').otherChecksums).toEqual([emptyTextSha256, 'd41d8cd98f00b204e9800998ecf8427e'])
  })
})
