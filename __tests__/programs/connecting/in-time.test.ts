import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { inTime } from '../../../src/programs/connecting/in-time.js'

const never = new AbortController().signal

describe('what is waited for so long', () => {
  it('is had where it came in time, though this process could not run and look', async () => {
    const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [accepted] = (await once(server, 'connection')) as [NodeJS.WritableStream]
    await once(accepted, 'finish')
    const answer = inTime(20, never, once(socket, 'data').then(String))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    const had = await answer
    socket.destroy()
    server.close()
    expect(had).toBe('here')
  })

  it('is given up then, and at the signal', async () => {
    const over = new AbortController()
    expect(await inTime(20, never, new Promise(() => {}))).toBeUndefined()
    const answer = inTime(60_000, over.signal, new Promise(() => {}))
    over.abort()
    expect(await answer).toBeUndefined()
    expect(await inTime(60_000, over.signal, new Promise(() => {}))).toBeUndefined()
  })
})
