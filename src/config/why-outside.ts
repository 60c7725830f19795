import { isInside } from './is-inside.js'
import type { Sources } from './sources.js'

/** Why a path may not be used in the action, as a clause; undefined where it may, and on the command line. */
export function whyOutside(path: string, { inputs }: Sources): string | undefined {
  if (inputs.boundary === undefined) return undefined
  const allowed = [inputs.boundary, inputs.variables.RUNNER_TEMP].filter((parent) => parent !== undefined)
  const isAllowed = allowed.some((parent) => parent !== '' && isInside(parent, path))
  return isAllowed ? undefined : 'outside the workspace and RUNNER_TEMP'
}
