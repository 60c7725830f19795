import { callInput, given } from './given.js'
import type { Sources } from './sources.js'

/** Which of the pending migrations are asked for. At most one of the two is set. */
export interface MigrationsAsked {
  readonly only?: string
  readonly to?: string
}

/** `version` and `to` together ask for two different things. */
export function chooseMigrationsAsked({ inputs, ledger }: Sources): MigrationsAsked {
  const only = given(inputs, 'version')
  const to = given(inputs, 'to')
  if (only !== undefined && to !== undefined) {
    ledger.problems.push({
      message: `Both ${callInput(inputs, 'version')} and ${callInput(inputs, 'to')} are given.`,
      help: 'Use version for exactly one pending migration, or to for all up to and including one.',
    })
    return {}
  }
  for (const [name, choice] of Object.entries({ version: only, to })) {
    if (choice !== undefined) ledger.provenance.push({ name, value: choice.value, source: choice.source })
  }
  return { ...(only ? { only: only.value } : {}), ...(to ? { to: to.value } : {}) }
}
