import { variable } from './given.js'
import { parseDuration } from './parse-duration.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

/** TIMEOUT is in seconds without a unit, as the scripts that it comes from have it; here as a duration with its unit. */
export function readTimeoutVariable({ inputs, ledger }: Sources): Chosen<string> | undefined {
  const given = variable(inputs, 'TIMEOUT')
  if (given === undefined) return undefined
  const value = `${given.value}s`
  if (/^[0-9]+$/.test(given.value) && parseDuration(value) !== undefined)
    return { value, source: given.source }
  ledger.problems.push({
    message: `The variable TIMEOUT is ${showValue(given.value)}; it must be a whole number of seconds, at most 2147483.`,
    help: 'Write TIMEOUT=300 for five minutes, or use the input statement-timeout with a unit.',
  })
  return undefined
}
