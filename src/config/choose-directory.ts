import { resolve } from 'node:path'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import { pathFrom } from './path-from.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'

const DEFAULTS = ['migrations', 'supabase/migrations'] as const

/** The absolute migrations folder: the input, else the file, else the one default that is there. */
export async function chooseDirectory(sources: Sources): Promise<string> {
  if (sources.command === 'setup') return resolve(sources.folder, DEFAULTS[0])
  const named = given(sources.inputs, 'directory') ?? fromFile(sources)
  const directory = named === undefined ? await findDefault(sources) : await checkNamed(named, sources)
  const source = named?.source ?? 'the default'
  sources.ledger.provenance.push({
    name: 'directory',
    value: pathFrom(sources.inputs.folder, directory),
    source,
  })
  return directory
}

function fromFile({ file }: Sources): Chosen<string> | undefined {
  const value = file?.document.database?.migrations?.directory
  if (file === undefined || value === undefined) return undefined
  return { value, source: file.placeOf(['database', 'migrations', 'directory']) }
}

async function checkNamed(
  named: Chosen<string>,
  { inputs, folder, lost, system, ledger }: Sources,
): Promise<string> {
  const directory = resolve(folder, named.value)
  if (lost) return directory
  if (inputs.boundary !== undefined && !isInside(inputs.boundary, directory)) {
    ledger.problems.push({
      message: `The migrations folder ${showValue(named.value)} (from ${named.source}) lies outside the workspace.`,
      help: 'Name a folder inside the workspace.',
    })
  } else if (!(await system.exists(directory))) {
    ledger.problems.push({
      message: `The migrations folder ${showValue(named.value)} (from ${named.source}) does not exist.`,
      help: 'Check the spelling and the working directory, and that the repository is checked out before.',
    })
  }
  return directory
}

async function findDefault({ inputs, folder, system, ledger, broken }: Sources): Promise<string> {
  const there = await Promise.all(DEFAULTS.map((name) => system.exists(resolve(folder, name))))
  const found = DEFAULTS.filter((_, index) => there[index])
  const [only = DEFAULTS[0]] = found
  const help = 'Name the folder with the input directory, or as database.migrations.directory in devflow.yml.'
  if (broken || found.length === 1) return resolve(folder, only)
  const place = pathFrom(inputs.folder, folder)
  const message =
    found.length === 0
      ? `There is no migrations folder: neither ${DEFAULTS.join(' nor ')} exists in ${showValue(place)}.`
      : `There are two migrations folders: both ${DEFAULTS.join(' and ')} exist.`
  ledger.problems.push({ message, help })
  return resolve(folder, only)
}
