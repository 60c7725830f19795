import type { InputName, Inputs } from '../model/inputs.js'
import { INPUTS } from './inputs.js'
import type { Chosen } from './sources.js'

/** What was given for an input, trimmed; an empty value is an absent one (GitHub passes unset inputs as empty). */
export function given(inputs: Inputs, name: InputName): Chosen<string> | undefined {
  const value = inputs.given[name]?.trim()
  return value ? { value, source: callInput(inputs, name) } : undefined
}

/** How the person who gave it knows an input: `the flag --env` or `the input environment`. */
export function callInput(inputs: Inputs, name: InputName): string {
  const flag = INPUTS[name].flag
  if (inputs.entry === 'cli') return flag === undefined ? 'the command' : `the flag ${flag}`
  return `the input ${name}`
}

/** An environment variable, trimmed; an empty one is an absent one. */
export function variable(inputs: Inputs, name: string): Chosen<string> | undefined {
  const value = Object.hasOwn(inputs.variables, name) ? inputs.variables[name]?.trim() : undefined
  return value ? { value, source: inputs.origins?.[name] ?? `the variable ${name}` } : undefined
}
