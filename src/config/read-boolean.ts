import { BOOLEAN_WORDS, parseBoolean } from './parse-boolean.js'
import { showValue } from './show-value.js'
import type { Chosen, Ledger } from './sources.js'

/** What a source says, yes or no; anything else is a problem, and counts as nothing said. */
export function readBoolean(chosen: Chosen<string> | undefined, ledger: Ledger): Chosen<boolean> | undefined {
  if (chosen === undefined) return undefined
  const value = parseBoolean(chosen.value)
  if (value !== undefined) return { value, source: chosen.source }
  const place = chosen.source.charAt(0).toUpperCase() + chosen.source.slice(1)
  const message = `${place} is ${showValue(chosen.value)}; it must be ${BOOLEAN_WORDS}.`
  ledger.problems.push({ message, help: 'Correct the value, or leave it out.' })
  return undefined
}
