import type { InputName } from '../model/inputs.js'
import type { Chosen, Ledger } from './sources.js'

/**
 * A switch on which sources may disagree: the safe value wins whoever said it, and a note says so. So `DRY_RUN=true`
 * in a workflow is not undone by an input further down.
 */
export function chooseSafest(
  name: InputName,
  said: readonly (Chosen<boolean> | undefined)[],
  safe: boolean,
  ledger: Ledger,
): boolean {
  const all = said.filter((choice) => choice !== undefined)
  const winner = all.find((choice) => choice.value === safe) ?? all[0]
  const loser = winner?.value === safe ? all.find((choice) => choice.value !== safe) : undefined
  const value = winner?.value ?? false
  if (winner !== undefined && loser !== undefined) {
    ledger.notes.push(
      `${name}: ${winner.source} says ${winner.value}, ${loser.source} says ${loser.value}; the safer one holds: ${value}.`,
    )
  }
  ledger.provenance.push({ name, value: String(value), source: winner?.source ?? 'the default' })
  return value
}
