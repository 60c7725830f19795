import type { InputName } from '../model/inputs.js'
import { callInput, given } from './given.js'
import { INPUTS } from './inputs.js'
import type { Sources } from './sources.js'

/** Whatever was given and changes nothing is said: nobody should rely on a setting that isn't read. */
export function noteUnused(sources: Sources): void {
  const { inputs, ledger, command } = sources
  if (inputs.fix && command !== undefined && command !== 'validate')
    ledger.notes.push(`the flag --fix changes nothing for ${command}.`)
  for (const name of Object.keys(INPUTS) as InputName[]) {
    const unused = command !== undefined && !INPUTS[name].commands.includes(command)
    // A dry run of what changes nothing is what it is already.
    if (unused && name !== 'dry-run' && given(inputs, name)) {
      ledger.notes.push(`${callInput(inputs, name)} changes nothing for ${command}.`)
    }
  }
}
