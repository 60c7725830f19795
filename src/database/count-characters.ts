import type { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import type { Reply } from '../model/session.js'
import { byteOffsets, codePointOffset } from '../sql/position.js'

/**
 * A server counts in the characters of its database's encoding how far an error is into a message; one whose encoding is
 * `SQL_ASCII` knows no characters, and counts bytes. For a client that has not connected yet: the server tells then.
 *
 * @returns the reply to a message with the place of its error in characters
 */
export function countCharacters(client: Client): (reply: Reply, sql: string) => Reply {
  let knowsCharacters = true
  const { connection } = client as Client & { connection: EventEmitter }
  connection.on('parameterStatus', (told: { parameterName: string; parameterValue: string }) => {
    if (told.parameterName === 'server_encoding') knowsCharacters = told.parameterValue !== 'SQL_ASCII'
  })
  return (reply, sql) => {
    const { error } = reply
    if (knowsCharacters || error?.characterPosition === undefined) return reply
    const offset = byteOffsets(sql)(error.characterPosition - 1)
    return { ...reply, error: { ...error, characterPosition: codePointOffset(sql, offset) + 1 } }
  }
}
