import type { Connection } from 'pg'
import { makeMessage } from './shadows/pglite/frame-messages.js'
import { writeCopy } from './write-text.js'

/** The rows of a message's COPYs on their way to the server. */
export interface CopyFeed {
  /** What goes right behind the query: the server reads it when it comes to the COPYs, and nobody waits for the network. */
  readonly ahead: Uint8Array
  /** The server has come to the next COPY. */
  asked(connection: Connection): void
  /** It is done with the message: what is sent from now on would be read by a COPY of the next one. */
  end(): void
}

/**
 * As many rows go before they are asked for as the server's socket takes in while it does something else. With more of them
 * it would not see the end of a run that is killed (a closed connection is told behind what was sent), and would hold its
 * locks until the statement ends. A larger COPY waits until it is asked for.
 */
const MOST_AHEAD = 48 * 1024

/** After an error the server passes over what it has not read of them (`accept but ignore` in its main loop). */
export function feedCopies(copies: readonly string[]): CopyFeed {
  let asked = 0
  let sent = 0
  let isOver = false
  const takeAhead = (): Buffer => {
    const messages: Buffer[] = []
    for (let room = MOST_AHEAD; sent < copies.length; sent++) {
      const rows = copies[sent] ?? ''
      room -= rows.length > room ? rows.length : Buffer.byteLength(rows) + HEADS
      if (room < 0) break
      if (rows !== '') messages.push(makeMessage('d', Buffer.from(rows)))
      messages.push(makeMessage('c', Buffer.alloc(0)))
    }
    return Buffer.concat(messages)
  }
  return {
    ahead: takeAhead(),
    asked(connection) {
      asked++
      if (asked > copies.length) return refuse(connection)
      if (asked <= sent) return
      const rows = copies[sent++] ?? ''
      void writeCopy(connection, rows, { behind: takeAhead, isOver: () => isOver })
    },
    end() {
      isOver = true
    },
  }
}

/** Type and length of CopyData, and CopyDone. */
const HEADS = 10

function refuse(connection: Connection): void {
  const withCopyFail = connection as Connection & { sendCopyFail(reason: string): void }
  withCopyFail.sendCopyFail('the file holds no rows for this COPY FROM STDIN')
}
