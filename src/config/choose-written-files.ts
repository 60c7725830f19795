import { resolve } from 'node:path'
import type { Config } from '../model/config.js'
import type { InputName } from '../model/inputs.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import type { Chosen, Sources } from './sources.js'

/** The files that a run writes: its log, its findings for other programs, and its plan. */
export function chooseWrittenFiles(
  sources: Sources,
  directory: string,
): Pick<Config, 'logFile' | 'sarifFile' | 'junitFile' | 'planFile'> {
  const logFile = chooseFile('log-file', 'logs/migration.log', sources, directory)
  const sarifFile = chooseFile('sarif-file', 'findings.sarif', sources, directory)
  const junitFile = chooseFile('junit-file', 'reports/migrations.xml', sources, directory)
  const planFile = chooseFile('plan-file', 'devflow-plan.json', sources, directory)
  refuseShared([logFile, sarifFile, junitFile, planFile], sources)
  return {
    ...(logFile === undefined ? {} : { logFile }),
    ...(sarifFile === undefined ? {} : { sarifFile }),
    ...(junitFile === undefined ? {} : { junitFile }),
    ...(planFile === undefined ? {} : { planFile }),
  }
}

/**
 * Where one of them goes. It is written to, so it never lies among the migrations, and in the action nowhere but in the
 * workspace and the runner's temporary folder.
 */
function chooseFile(
  name: InputName,
  example: string,
  sources: Sources,
  directory: string,
): string | undefined {
  const named = given(sources.inputs, name)
  if (named === undefined) return undefined
  sources.ledger.provenance.push({ name, value: named.value, source: named.source })
  const file = resolve(sources.folder, named.value)
  const where = wrongPlace(file, sources, directory)
  if (where !== undefined) tell(name, named, where, example, sources)
  return file
}

function wrongPlace(file: string, { inputs }: Sources, directory: string): string | undefined {
  const allowed = [inputs.boundary, inputs.boundary && inputs.variables.RUNNER_TEMP].filter(Boolean)
  const outside = allowed.length > 0 && !allowed.some((parent) => isInside(parent as string, file))
  if (outside) return 'outside the workspace and RUNNER_TEMP'
  return isInside(directory, file) ? 'in the migrations folder' : undefined
}

function tell(
  name: InputName,
  { value }: Chosen<string>,
  where: string,
  example: string,
  { ledger }: Sources,
): void {
  ledger.problems.push({
    message: `${name} is ${JSON.stringify(value)}, ${where}.`,
    help: `Name a file elsewhere, such as ${example}.`,
  })
}

function refuseShared(files: readonly (string | undefined)[], { ledger }: Sources): void {
  const named = files.filter((file) => file !== undefined)
  const twice = named.find((file, index) => named.indexOf(file) < index)
  if (twice === undefined) return
  ledger.problems.push({
    message: `${JSON.stringify(twice)} is named for two of log-file, sarif-file, junit-file and plan-file.`,
    help: 'Name a file for each.',
  })
}
