import type { Inputs } from '../model/inputs.js'
import { UserError } from '../model/user-error.js'
import { chooseCommand } from './choose-command.js'

/**
 * A word that is no command is refused before anything else is looked at: nothing can be said of what it would need.
 * Other mistakes, and a word that could be a secret, wait for the configuration, which knows what must not be shown.
 *
 * @throws UserError
 */
export function refuseUnknown(inputs: Inputs): void {
  const problems = [...(inputs.mistakes ?? [])]
  if (problems.length > 0) return
  const command = chooseCommand(inputs, { problems, notes: [], provenance: [] })
  if (command === undefined && !couldBeSecret(inputs.given.command?.trim() ?? '', inputs))
    throw new UserError(problems)
}

/** A plain word that stands in nothing this run was given, decoded or not, is none. */
function couldBeSecret(word: string, { given, variables }: Inputs): boolean {
  if (!/^[a-z-]{0,20}$/.test(word)) return true
  const { command: _, ...others } = given
  const { INPUT_COMMAND: __, ...around } = variables
  const values = [...Object.values(others), ...Object.values(around)]
  return word !== '' && values.some((value = '') => value.includes(word) || decoded(value).includes(word))
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
