import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { frameMessages, makeMessage } from '../../../../src/database/shadows/pglite/frame-messages.js'

const messages = fc.array(fc.uint8Array({ maxLength: 40 }).map((body) => makeMessage('Q', body)))

describe('messages of the wire protocol', () => {
  it('are found whole, wherever what was written is cut', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(60)), (sent, cuts) => {
        let left: Buffer = Buffer.alloc(0)
        const seen: Buffer[] = []
        let rest = Buffer.concat(sent)
        for (const cut of [...cuts, rest.length]) {
          const framed = frameMessages(Buffer.concat([left, rest.subarray(0, cut)]), false)
          rest = rest.subarray(cut)
          seen.push(...framed.messages)
          left = framed.rest
        }
        expect(seen.map((each) => each.toString('hex'))).toEqual(sent.map((each) => each.toString('hex')))
        expect(left).toHaveLength(0)
      }),
    )
  })

  it('have no kind at the beginning of a connection', () => {
    const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0])
    const query = makeMessage('Q', Buffer.from('x\0'))
    const { messages: found } = frameMessages(Buffer.concat([startup, query]), true)
    expect(found).toEqual([startup, query])
  })
})
