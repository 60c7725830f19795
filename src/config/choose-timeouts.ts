import type { Timeouts } from '../model/config.js'
import { chooseDuration } from './choose-duration.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { readTimeoutVariable } from './read-timeout-variable.js'
import type { Sources } from './sources.js'

/** The limits that the server keeps; each is said to it, whatever its role or database says. */
export function chooseTimeouts(settings: EnvironmentSettings, sources: Sources): Timeouts {
  const choose = (name: Exclude<Parameters<typeof chooseDuration>[0], 'lock-wait' | 'review-window'>) =>
    chooseDuration(
      name,
      name === 'statement-timeout' ? readTimeoutVariable(sources) : undefined,
      settings[name],
      sources,
    )
  return {
    lockMs: choose('lock-timeout'),
    statementMs: choose('statement-timeout'),
    idleInTransactionMs: choose('idle-in-transaction-session-timeout'),
    transactionMs: choose('transaction-timeout'),
  }
}
