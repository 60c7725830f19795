import type { InputName } from '../model/inputs.js'
import { given } from './given.js'
import { DURATION_WORDS, parseDuration } from './parse-duration.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

type DurationName = Extract<
  InputName,
  | 'lock-wait'
  | 'lock-timeout'
  | 'statement-timeout'
  | 'idle-in-transaction-session-timeout'
  | 'transaction-timeout'
  | 'review-window'
>

const DEFAULTS: Readonly<Record<DurationName, string>> = {
  'lock-wait': '5m',
  'lock-timeout': '3s',
  'statement-timeout': '0',
  'idle-in-transaction-session-timeout': '0',
  'transaction-timeout': '0',
  'review-window': '0',
}

/**
 * Milliseconds: the input, else the variable (already in words of ours), else the environment's section, else the
 * default. Every one that is given is checked, the one that doesn't count as well.
 */
export function chooseDuration(
  name: DurationName,
  fromVariable: Chosen<string> | undefined,
  inFile: string | 0 | undefined,
  sources: Sources,
): number {
  const said = [given(sources.inputs, name), fromVariable, fromFile(inFile, sources)]
  const checked = said.filter((choice) => choice !== undefined).map((choice) => check(choice, sources))
  const chosen = checked[0] ?? { value: DEFAULTS[name], source: 'the default' }
  sources.ledger.provenance.push({ name, value: chosen.value, source: chosen.source })
  return parseDuration(chosen.value) ?? 0
}

function fromFile(value: string | 0 | undefined, { file }: Sources): Chosen<string> | undefined {
  return value === undefined || file === undefined ? undefined : { value: String(value), source: file.name }
}

function check(choice: Chosen<string>, { ledger }: Sources): Chosen<string> {
  if (parseDuration(choice.value) === undefined) {
    const place = choice.source.charAt(0).toUpperCase() + choice.source.slice(1)
    const seconds = /^[0-9]{1,9}$/.test(choice.value)
      ? `For seconds write ${choice.value}s.`
      : 'Correct the value.'
    const message = `${place} is ${showValue(choice.value)}; it must be ${DURATION_WORDS}.`
    ledger.problems.push({ message, help: seconds })
  }
  return choice
}
