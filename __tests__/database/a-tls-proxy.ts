import { connect, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Certificate } from './certificates.js'

/** Stands between a client and a PostgreSQL, and offers TLS with its own certificate. */
export interface TlsProxy extends AsyncDisposable {
  readonly port: number
  /** How many connections came, how many finished the handshake, and what was then readable here. */
  readonly seen: { connections: number; handshakes: number; plainBytes: number }
}

/** @param databaseUrl where what was decrypted is passed on to */
export async function aTlsProxy(databaseUrl: string, { key, cert }: Certificate): Promise<TlsProxy> {
  const seen = { connections: 0, handshakes: 0, plainBytes: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((raw) => {
    seen.connections++
    sockets.add(raw)
    raw.on('error', () => {})
    raw.once('data', () => {
      raw.write('S')
      const secure = new TLSSocket(raw, { isServer: true, key, cert })
      secure.on('error', () => {})
      secure.once('secure', () => seen.handshakes++)
      secure.on('data', (bytes) => (seen.plainBytes += bytes.length))
      passOn(secure, databaseUrl)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function passOn(secure: TLSSocket, databaseUrl: string): void {
  const { hostname, port } = new URL(databaseUrl)
  const upstream = connect(Number(port), hostname)
  upstream.on('error', () => secure.destroy())
  secure.on('close', () => upstream.destroy())
  secure.pipe(upstream).pipe(secure)
}
