import type { Command, Inputs } from '../model/inputs.js'
import { COMMANDS } from './commands.js'
import { didYouMean } from './did-you-mean.js'
import { callInput, given } from './given.js'
import { showValue } from './show-value.js'
import type { Ledger } from './sources.js'

/** The action's default is `migrate`; on a command line nothing is applied without being named. */
export function chooseCommand(inputs: Inputs, ledger: Ledger): Command | undefined {
  const words = Object.keys(COMMANDS) as Command[]
  const allowed = words.filter((word) => COMMANDS[word].entries.includes(inputs.entry))
  const asked = given(inputs, 'command') ?? fallback(inputs)
  const command = allowed.find((word) => word === (ALIASES[asked?.value ?? ''] ?? asked?.value))
  if (command !== undefined && asked !== undefined) {
    ledger.provenance.push({ name: 'command', value: command, source: asked.source })
    return command
  }
  const meant = asked === undefined ? undefined : didYouMean(asked.value, allowed)
  ledger.problems.push({
    message:
      asked === undefined
        ? 'No command is named.'
        : `${capital(callInput(inputs, 'command'))} ${showValue(asked.value)} is unknown.`,
    help: `${meant === undefined ? '' : `Did you mean ${meant}? `}Commands: ${allowed.join(', ')}.`,
  })
  return undefined
}

/** Words of the Supabase CLI for what is a command here. */
const ALIASES: Readonly<Record<string, Command>> = { list: 'status', lint: 'validate' }

function fallback(inputs: Inputs) {
  return inputs.entry === 'action' ? { value: 'migrate', source: 'the default' } : undefined
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
