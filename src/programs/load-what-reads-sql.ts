import { setImmediate as whatHasCome } from 'node:timers/promises'
import { findTokens } from '../rules/secrets/token-formats.js'
import { openParser } from '../sql/open-parser.js'

/** Some 50 ms for the parser and the formats of tokens. Between them the network is listened to. */
export async function loadWhatReadsSql(): Promise<void> {
  await whatHasCome()
  await openParser()
  await whatHasCome()
  // The first text costs more than all that follow.
  await findTokens(['-'])
}
