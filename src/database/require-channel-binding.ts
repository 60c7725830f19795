import type { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type pg from 'pg'

/** What `pg` keeps to itself of a client. */
interface Connection extends EventEmitter {
  readonly stream: Duplex
}

/**
 * Ends a connection that is about to log in without channel binding, before a password or a proof of it is sent. `pg`
 * only offers it, and goes on without it where the server doesn't, or asks for no password at all: a server in the
 * middle would see to that. To be called before the client connects.
 */
export function requireChannelBinding(client: pg.Client): void {
  const { connection } = client as pg.Client & { readonly connection: Connection }
  let isBound = false
  const end = (why: string) =>
    void connection.stream.destroy(new Error(`channel_binding=require, and ${why}: no channel binding`))
  connection.on('authenticationSASL', ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
    if (!mechanisms.includes(BINDING)) end(`the server offers only ${mechanisms.join(', ')}`)
  })
  connection.on('authenticationCleartextPassword', () => end('the server asks for the password as it is'))
  connection.on('authenticationMD5Password', () => end('the server asks for an MD5 of the password'))
  // The server has shown by then that it knows the password too, and sees the same certificate.
  connection.on('authenticationSASLFinal', () => {
    isBound = true
  })
  connection.on('authenticationOk', () => {
    if (!isBound) end('the server asks for no password')
  })
}

const BINDING = 'SCRAM-SHA-256-PLUS'
