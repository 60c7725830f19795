import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** Listens where a database would be and counts who comes; nobody is answered. */
export interface Trap extends AsyncDisposable {
  /** What the URL of the database is, with a password that must be seen nowhere. */
  readonly url: string
  readonly password: string
  connections(): number
}

export async function aTrap(): Promise<Trap> {
  let count = 0
  const server = createServer((socket: Socket) => {
    count += 1
    socket.on('error', () => {})
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const password = 'correct-horse-battery'
  return {
    url: `postgres://deployer:${password}@127.0.0.1:${port}/shop`,
    password,
    connections: () => count,
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  }
}
