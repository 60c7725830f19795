import type { Config } from '../model/config.js'
import type { InputName } from '../model/inputs.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { didYouMean } from './did-you-mean.js'
import { given } from './given.js'
import { GRAPH_FORMATS, REHEARSE_MODES, TRANSACTION_MODES } from './modes.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

/**
 * How pending files are tried and applied, and how a graph is written: the input, else the environment's section, else the default. Not to rehearse
 * is the less safe of two wishes, so `off` holds only where no source names anything else.
 */
export function chooseModes(
  settings: EnvironmentSettings,
  sources: Sources,
): Pick<Config, 'transaction' | 'rehearse' | 'rehearseHeldBy' | 'graphFormat'> {
  const said = gather('transaction', TRANSACTION_MODES, settings.transaction, sources)
  const transaction = said[0] ?? { value: TRANSACTION_MODES[0], source: 'the default' }
  const rehearse = chooseRehearse(gather('rehearse', REHEARSE_MODES, settings.rehearse, sources), sources)
  sources.ledger.provenance.push({ name: 'rehearse', ...rehearse }, { name: 'transaction', ...transaction })
  const isHeld = settings.rehearse !== undefined && settings.rehearse !== 'off'
  const [format] = gather('format', GRAPH_FORMATS, undefined, sources)
  return {
    transaction: transaction.value,
    rehearse: rehearse.value,
    ...(isHeld && sources.file ? { rehearseHeldBy: sources.file.name } : {}),
    graphFormat: format?.value ?? GRAPH_FORMATS[0],
  }
}

/** What is said, the strongest source first. What is no mode is told, and counts as nothing said. */
function gather<Mode extends string>(
  name: InputName,
  modes: readonly Mode[],
  inFile: Mode | undefined,
  { inputs, file, ledger }: Sources,
): Chosen<Mode>[] {
  const input = given(inputs, name)
  const value = modes.find((mode) => mode === input?.value)
  if (input !== undefined && value === undefined) {
    const place = input.source.charAt(0).toUpperCase() + input.source.slice(1)
    const meant = didYouMean(input.value, modes)
    ledger.problems.push({
      message: `${place} is ${showValue(input.value)}; it must be ${inWords(modes)}.`,
      help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
    })
  }
  return [
    ...(input !== undefined && value !== undefined ? [{ value, source: input.source }] : []),
    ...(inFile !== undefined && file !== undefined ? [{ value: inFile, source: file.name }] : []),
  ]
}

function chooseRehearse(
  said: readonly Chosen<Config['rehearse']>[],
  { ledger }: Sources,
): Chosen<Config['rehearse']> {
  const [first] = said
  if (first === undefined) return { value: REHEARSE_MODES[0], source: 'the default' }
  const safer = said.find(({ value }) => value !== 'off')
  if (first.value !== 'off' || safer === undefined) return first
  ledger.notes.push(
    `rehearse: ${first.source} says off, ${safer.source} says ${safer.value}; the safer one holds: ${safer.value}.`,
  )
  return safer
}

function inWords(modes: readonly string[]): string {
  return `${modes.slice(0, -1).join(', ')} or ${modes.at(-1)}`
}
