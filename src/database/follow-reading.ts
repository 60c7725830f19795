import type { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import type { Reply } from '../model/session.js'

/** How a session reads text, as the server tells with its answers. */
export interface Reading {
  /** The answer in place of the server's to text that it would read otherwise than the parser did; undefined where it would not. */
  refusal(state: Reply['state']): Reply | undefined
}

/**
 * Follows `standard_conforming_strings`, which SQL that a file makes at run time can set unseen: the server tells of each
 * change before it ends its answer. What is sent in one message is read as that began. For a session that is open: a
 * pooler may tell at first what does not hold.
 */
export function followReading(client: Client): Reading {
  let value = 'on'
  const { connection } = client as Client & { connection: EventEmitter }
  connection.on('parameterStatus', (told: { parameterName: string; parameterValue: string }) => {
    if (told.parameterName === 'standard_conforming_strings') value = told.parameterValue
  })
  return {
    refusal: (state) =>
      value === 'on' ? undefined : { results: [], completed: 0, state, unsent: true, error: misread(value) },
  }
}

function misread(value: string): NonNullable<Reply['error']> {
  return {
    code: 'DF010',
    message: `what follows was not sent: standard_conforming_strings is ${value}, set by SQL made at run time, so the server would read it otherwise than it was checked`,
    hint: "Let the file, and the functions it calls, leave standard_conforming_strings on, and write strings with backslash escapes as E'…'.",
    fatal: false,
  }
}
