import type { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import type { Reply } from '../model/session.js'
import { setsEncoding } from '../sql/sets-encoding.js'

/** How a session reads text, as the server tells with its answers. */
export interface Reading {
  /** The answer in place of the server's to text that it would read otherwise than the parser did; undefined where it would not. */
  refusal(text: string, state: Reply['state']): Reply | undefined
  /** Told of each message, ours too: a change that is heard until the next comes from it. */
  sending(text: string): void
}

/**
 * Follows `standard_conforming_strings` and `client_encoding`, which SQL that a file makes at run time, or a trigger that
 * it sets off, can set unseen: the server tells of each change before it ends its answer. What is sent in one message is
 * read as that began. An encoding that a file itself asks for is meant. For a session that is open: a pooler may tell at
 * first what does not hold, and what a login trigger set is set back with the session's settings.
 */
export function followReading(client: Client): Reading {
  let strings = 'on'
  let encoding = 'UTF8'
  let last = ''
  const { connection } = client as Client & { connection: EventEmitter }
  connection.on('parameterStatus', (told: { parameterName: string; parameterValue: string }) => {
    if (told.parameterName === 'standard_conforming_strings') strings = told.parameterValue
    if (told.parameterName === 'client_encoding') encoding = setsEncoding(last) ? 'UTF8' : told.parameterValue
  })
  return {
    sending: (text) => {
      last = text
    },
    refusal: (text, state) => {
      const error = whyMisread(strings, encoding, text)
      return error && { results: [], completed: 0, state, unsent: true, error }
    },
  }
}

/** Every encoding has the characters of ASCII. */
function whyMisread(strings: string, encoding: string, text: string): Reply['error'] {
  if (strings !== 'on')
    return misread(
      `standard_conforming_strings is ${strings}, set while the file ran, so the server would read it otherwise than it was checked`,
      "Let the file, and the functions it calls, leave standard_conforming_strings on, and write strings with backslash escapes as E'…'.",
    )
  if (encoding === 'UTF8' || !/\P{ASCII}/u.test(text)) return undefined
  return misread(
    `client_encoding is ${encoding}, set while the file ran, so the server would take its characters for others`,
    "Let the functions that the file calls, and event triggers, leave client_encoding at UTF8. A file that means another encoding says so itself: SET client_encoding = 'LATIN1'.",
  )
}

function misread(why: string, hint: string): NonNullable<Reply['error']> {
  return { code: 'DF010', message: `what follows was not sent: ${why}`, hint, fatal: false }
}
