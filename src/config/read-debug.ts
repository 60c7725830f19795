import type { Inputs } from '../model/inputs.js'
import { variable } from './given.js'
import { parseBoolean } from './parse-boolean.js'
import type { Ledger } from './sources.js'

/** Other tools read DEBUG too (`DEBUG=express:*`), so a value that isn't ours is no mistake here, and has no effect. */
export function readDebug(inputs: Inputs, ledger: Ledger): boolean {
  const said = variable(inputs, 'DEBUG')
  if (said === undefined) return false
  const value = parseBoolean(said.value)
  if (value === undefined)
    ledger.notes.push('The variable DEBUG is neither true nor false; it has no effect here.')
  else ledger.provenance.push({ name: 'debug', value: String(value), source: said.source })
  return value ?? false
}
