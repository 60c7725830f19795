import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Message, makeFramer } from './frame-messages.js'
import { startup, typed, untyped } from './wire.js'

describe('a framer', () => {
  it('cuts a stream into the same messages, however it comes in chunks', () => {
    const message = fc.tuple(fc.constantFrom('Q', 'd', 'X', 'p'), fc.string({ maxLength: 40 }))
    fc.assert(
      fc.property(
        fc.array(message),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (sent, sizes) => {
          const whole = Buffer.concat([startup(), ...sent.map(([type, text]) => typed(type, text))])
          const framer = makeFramer('frontend')
          const messages = chunksOf(whole, sizes).flatMap(framer)
          expect(messages.map(({ type }) => type)).toEqual(['startup', ...sent.map(([type]) => type)])
          expect(Buffer.concat(messages.map(({ bytes }) => bytes)).equals(whole)).toBe(true)
        },
      ),
    )
  })

  it('knows what has no type byte, and that the client begins again after a request for encryption', () => {
    const stream = Buffer.concat([untyped(80877104), untyped(80877103), startup(), typed('Q', 'select 1')])
    expect(typesOf(makeFramer('frontend')(stream))).toEqual(['gssenc', 'ssl', 'startup', 'Q'])
    expect(typesOf(makeFramer('frontend')(untyped(80877102, Buffer.alloc(8))))).toEqual(['cancel'])
  })
})

function typesOf(messages: readonly Message[]): string[] {
  return messages.map(({ type }) => type)
}

function chunksOf(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1)
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}
