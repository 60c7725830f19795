import { resolve } from 'node:path'
import type { Config } from '../model/config.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import type { Sources } from './sources.js'

/**
 * Where the run's log goes as well. It is written to, so it never lies among the migrations, and in the action nowhere
 * but in the workspace and the runner's temporary folder.
 */
export function chooseLogFile(
  { inputs, ledger, folder }: Sources,
  directory: string,
): Pick<Config, 'logFile'> {
  const named = given(inputs, 'log-file')
  if (named === undefined) return {}
  ledger.provenance.push({ name: 'log-file', value: named.value, source: named.source })
  const logFile = resolve(folder, named.value)
  const allowed = [inputs.boundary, inputs.boundary && inputs.variables.RUNNER_TEMP].filter(Boolean)
  const outside = allowed.length > 0 && !allowed.some((parent) => isInside(parent as string, logFile))
  if (isInside(directory, logFile) || outside) {
    ledger.problems.push({
      message: `log-file is ${JSON.stringify(named.value)}, ${outside ? 'outside the workspace and RUNNER_TEMP' : 'in the migrations folder'}.`,
      help: 'Name a file elsewhere, such as logs/migration.log.',
    })
  }
  return { logFile }
}
