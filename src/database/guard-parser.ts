import type { Duplex } from 'node:stream'
import type { Client } from 'pg'
import { shortenAnswers } from './shorten-answers.js'

/** Of `pg`: what a client's parser reads, and where its connection has it attached. */
interface Wire {
  attachListeners(stream: Listened): void
}

interface Listened {
  on(event: string, listener: (bytes: Buffer) => void): unknown
}

/** A message in `pg`'s queue that says whether its rows are of any use. */
export interface Selective {
  dropsRows?(): boolean
}

/**
 * Stands between a client's socket and `pg`'s parser, from before it connects: a value, an error or a notice of any length
 * is no more than `shortenAnswers` lets through, and what the parser can not read ends the connection, with its words,
 * instead of the process.
 */
export function guardParser(client: Client): void {
  const { connection } = client as Client & { connection: Wire }
  const attach = connection.attachListeners
  connection.attachListeners = (stream) =>
    attach.call(connection, {
      on: (event, listener) =>
        stream.on(event, event === 'data' ? guarded(client, stream, listener) : listener),
    })
}

function guarded(client: Client, stream: Listened, parse: (bytes: Buffer) => void): (bytes: Buffer) => void {
  const take = shortenAnswers(() => activeOf(client)?.dropsRows?.() ?? false, parse)
  return (bytes) => {
    try {
      take(bytes)
    } catch (error) {
      const { message } = error as Error
      ;(stream as unknown as Duplex).destroy(new Error(`what the server sent can not be read: ${message}`))
    }
  }
}

function activeOf(client: Client): Selective | null {
  return (client as Client & { _getActiveQuery(): Selective | null })._getActiveQuery()
}
