import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { root } from './tree.js'

type MakeFramer = (onMessage: () => void) => (chunk: Buffer) => void

const { makeFramer } = (await import(pathToFileURL(join(root, 'bench/counting-proxy.mjs')).href)) as {
  makeFramer: MakeFramer
}

const untyped = (body: Buffer) => Buffer.concat([lengthOf(body), body])
const typed = (body: Buffer) => Buffer.concat([Buffer.from('Q'), lengthOf(body), body])
const sslRequest = untyped(Buffer.from([4, 210, 22, 47]))

function lengthOf(body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return length
}

function countMessages(stream: Buffer, cuts: readonly number[]): number {
  let count = 0
  const framer = makeFramer(() => (count += 1))
  const places = [0, ...cuts.map((cut) => cut % stream.length).sort((a, b) => a - b), stream.length]
  places.slice(1).forEach((place, index) => {
    framer(stream.subarray(places[index], place))
  })
  return count
}

describe("the benchmark's count of messages", () => {
  it('is the same however the stream is cut, with and without a request for encryption', () => {
    const body = fc.uint8Array({ minLength: 0, maxLength: 40 }).map((bytes) => Buffer.from(bytes))
    const startUp = fc.uint8Array({ minLength: 8, maxLength: 40 }).map((bytes) => untyped(Buffer.from(bytes)))
    const stream = fc.record({
      asks: fc.boolean(),
      startUp,
      bodies: fc.array(body),
      cuts: fc.array(fc.nat()),
    })
    fc.assert(
      fc.property(stream, ({ asks, startUp: first, bodies, cuts }) => {
        const messages = [...(asks ? [sslRequest] : []), first, ...bodies.map(typed)]
        expect(countMessages(Buffer.concat(messages), cuts)).toBe(messages.length)
      }),
    )
  })
})
