import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { shortenAnswers } from '../../src/database/shorten-answers.js'

const MB = 1024 * 1024

/** A message of the server. */
function said(kind: string, body: Uint8Array | string): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeUInt32BE(4 + bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** What is handed on of messages that come in pieces of a size. */
function handedOn(messages: readonly Buffer[], size: number, dropsRows = () => true): Buffer[] {
  const all = Buffer.concat(messages)
  const handed: Buffer[] = []
  const take = shortenAnswers(dropsRows, (bytes) => void handed.push(Buffer.from(bytes)))
  for (let at = 0; at < all.length; at += size) take(all.subarray(at, at + size))
  return handed
}

const plain = fc
  .tuple(fc.constantFrom(...'TCZSGHcNEAI'), fc.uint8Array({ maxLength: 20 }))
  .map(([kind, body]) => said(kind, body))
const row = fc.uint8Array({ maxLength: 20 }).map((body) => said('D', body))
const copied = fc.uint8Array({ maxLength: 20 }).map((body) => said('d', body))

describe('what the server says', () => {
  it('is handed on as it was sent, but for rows that are dropped and what is copied out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(plain, row, copied)),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (messages, size, drops) => {
          const left = messages.filter(([kind]) => kind !== 0x64 && !(drops && kind === 0x44))
          expect(Buffer.concat(handedOn(messages, size, () => drops))).toEqual(Buffer.concat(left))
        },
      ),
    )
  })

  it('is handed on before it is asked whether a row is dropped', () => {
    const handed: string[] = []
    const take = shortenAnswers(
      () => handed.at(-1) !== 'keep',
      (bytes) => void handed.push(bytes.toString('latin1', 5)),
    )
    take(
      Buffer.concat([
        said('T', 'keep'),
        said('D', 'one'),
        said('C', ''),
        said('T', 'drop'),
        said('D', 'two'),
      ]),
    )
    expect(handed.join()).toContain('one')
    expect(handed.join()).not.toContain('two')
  })

  it('takes no memory for a row that is dropped, or for what an error says beyond its beginning', () => {
    for (const kind of ['D', 'd', 'E', 'N']) {
      const body = kind === 'D' || kind === 'd' ? 'x'.repeat(20 * MB) : `M${'x'.repeat(20 * MB)}\0\0`
      const handed = handedOn([said(kind, body), said('Z', 'I')], 64 * 1024)
      expect(Buffer.concat(handed).length).toBeLessThan(1.01 * MB)
      expect(Buffer.concat(handed).subarray(-6)).toEqual(said('Z', 'I'))
    }
  })

  it('has each field of a long error by its beginning, and how much of it was left out', () => {
    const detail = 'ü€😀'.repeat(MB)
    const body = `SERROR\0M${'m'.repeat(MB)}\0D${detail}\0H${'h'.repeat(MB + 7)}\0P12\0\0`
    for (const size of [1000, 64 * 1024, 100 * MB]) {
      const handed = Buffer.concat(handedOn([said('E', body)], size))
      expect(handed.readUInt32BE(1)).toBe(handed.length - 1)
      const [severity, message, cut = '', hint, position, ...end] = handed.toString('utf8', 5).split('\0')
      expect([severity, message, position, end]).toEqual(['SERROR', `M${'m'.repeat(MB)}`, 'P12', ['', '']])
      expect(hint).toBe(`H${'h'.repeat(MB)}… (7 more characters)`)
      const [, kept = '', left] = /^D(.*)… \((\d+) more characters\)$/s.exec(cut) ?? []
      expect(detail.startsWith(kept)).toBe(true)
      expect([...kept].length + Number(left)).toBe(3 * MB)
    }
  })
})
