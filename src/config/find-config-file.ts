import { resolve } from 'node:path'
import type { Inputs } from '../model/inputs.js'
import type { Problem } from '../model/problem.js'
import { UserError } from '../model/user-error.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import type { DevflowFile } from './parse-devflow-yml.js'
import { pathFrom } from './path-from.js'
import { readText } from './read-text.js'
import { showValue } from './show-value.js'
import type { System } from './sources.js'

const NAMES = ['devflow.yml', 'devflow.yaml'] as const

/**
 * The named file, else `devflow.yml` in the working directory, read and checked; undefined where none is named and
 * none is there.
 * @throws UserError where there is a file to go by and it can't be had
 */
export async function findConfigFile(
  inputs: Inputs,
  folder: string,
  system: System,
): Promise<DevflowFile | undefined> {
  const named = given(inputs, 'config')
  if (named === undefined) return findByName(inputs, folder, system)
  const path = resolve(folder, named.value)
  if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
    throw refusal({
      message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
      help: 'Name a file inside the workspace.',
    })
  }
  const file = await readConfig(inputs, path, system)
  if (file !== undefined) return file
  throw refusal({
    message: `The file ${showValue(named.value)} of ${named.source} does not exist.`,
    help: 'Check the spelling, and that the repository is checked out before.',
  })
}

async function findByName(inputs: Inputs, folder: string, system: System): Promise<DevflowFile | undefined> {
  const [first, second] = await Promise.all(
    NAMES.map(async (name) => ((await system.exists(resolve(folder, name))) ? name : undefined)),
  )
  if (first !== undefined && second !== undefined) {
    throw refusal({
      message: `Both ${first} and ${second} are there.`,
      help: 'Keep one, or name it with the input config.',
    })
  }
  const name = first ?? second
  return name === undefined ? undefined : readConfig(inputs, resolve(folder, name), system)
}

async function readConfig(inputs: Inputs, path: string, system: System): Promise<DevflowFile | undefined> {
  const shown = pathFrom(inputs.boundary ?? inputs.folder, path)
  const text = await readText(system, path, shown)
  if (text === undefined) return undefined
  // Loaded late, from a bundle of its own: without a file neither the YAML nor the schema library is needed.
  const { parseDevflowYml } = await import(/* webpackIgnore: true */ './parse-devflow-yml.js')
  return parseDevflowYml(text, shown)
}

function refusal(problem: Problem): UserError {
  return new UserError([problem])
}
