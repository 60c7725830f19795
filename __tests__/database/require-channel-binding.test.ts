import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { requireChannelBinding } from '../../src/database/require-channel-binding.js'

/** A server's way of asking who somebody is, and why the connection was ended for it. */
async function saying(...messages: readonly (readonly [name: string, data?: object])[]) {
  const stream = new PassThrough()
  const why = new Promise<string | undefined>((resolve) => {
    stream.on('error', ({ message }) => resolve(message))
    setImmediate(() => setImmediate(() => resolve(undefined)))
  })
  const connection = Object.assign(new EventEmitter(), { stream })
  const client = Object.assign(Object.create(pg.Client.prototype) as pg.Client, { connection })
  requireChannelBinding(client)
  for (const [name, data] of messages) connection.emit(name, data)
  return await why
}

const ok = ['authenticationOk'] as const
const final = ['authenticationSASLFinal'] as const
const sasl = (...mechanisms: readonly string[]) => ['authenticationSASL', { mechanisms }] as const

describe('a connection that has to be bound to its channel', () => {
  it('is kept where the server offers that and shows that it knows the password', async () => {
    expect(await saying(sasl('SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'), final, ok)).toBeUndefined()
  })

  it('is ended where the server asks otherwise, or not at all', async () => {
    expect(await saying(sasl('SCRAM-SHA-256'))).toMatch(/offers only SCRAM-SHA-256: no channel binding$/)
    expect(await saying(['authenticationCleartextPassword'])).toMatch(/the password as it is/)
    expect(await saying(['authenticationMD5Password'])).toMatch(/an MD5/)
    expect(await saying(ok)).toMatch(/no password/)
    expect(await saying(sasl('SCRAM-SHA-256-PLUS'), ok)).toMatch(/no password/)
  })
})
