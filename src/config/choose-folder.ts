import { resolve } from 'node:path'
import type { Inputs } from '../model/inputs.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import { showValue } from './show-value.js'
import type { Ledger, System } from './sources.js'

/** The absolute working directory, resolved before every other path. Undefined: there is none to go on from. */
export async function chooseFolder(
  inputs: Inputs,
  system: System,
  ledger: Ledger,
): Promise<string | undefined> {
  const named = given(inputs, 'working-directory')
  if (named === undefined) return resolve(inputs.folder)
  const folder = resolve(inputs.folder, named.value)
  if (inputs.boundary !== undefined && !isInside(inputs.boundary, folder)) {
    ledger.problems.push({
      message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
      help: 'Name a folder inside the workspace.',
    })
    return undefined
  }
  if (!(await system.exists(folder))) {
    ledger.problems.push({
      message: `The folder ${showValue(named.value)} of ${named.source} does not exist.`,
      help: 'Check the spelling, and that the repository is checked out before.',
    })
    return undefined
  }
  ledger.provenance.push({ name: 'working-directory', value: folder, source: named.source })
  return folder
}
