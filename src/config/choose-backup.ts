import { resolve } from 'node:path'
import { BACKUP_FORMATS, BACKUP_MODES, type BackupMode, type BackupSettings } from '../model/backup.js'
import type { Config, Environment } from '../model/config.js'
import type { InputName } from '../model/inputs.js'
import { BACKUP_INPUTS } from './backup-inputs.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { chooseRestored } from './choose-restored.js'
import { chooseSafest } from './choose-safest.js'
import { didYouMean } from './did-you-mean.js'
import { given, variable } from './given.js'
import { isInside } from './is-inside.js'
import { readBoolean } from './read-boolean.js'
import { showValue } from './show-value.js'
import type { Chosen, Sources } from './sources.js'
import { whyOutside } from './why-outside.js'

/** Where backups go unless somebody names another folder. */
const DIRECTORY = 'backups/migrations'
const KEEP = 10
const MOST_KEPT = 1000
const MOST_JOBS = 64

/** What is backed up before anything is applied, where to, and what a restore is of. */
export function chooseBackup(
  environment: Environment,
  settings: EnvironmentSettings,
  sources: Sources,
  directory: string,
): Pick<Config, 'backup'> {
  const mode = chooseMode(environment, settings, sources)
  const format = chooseFormat(settings, sources)
  if (mode === 'touched' && format === 'sql.gz') sources.ledger.problems.push(TOUCHED_AS_SQL)
  const id = chooseId(sources)
  return {
    backup: {
      ...(mode === undefined ? {} : { mode }),
      ...(id === undefined ? {} : { id }),
      verify: chooseVerify(settings, sources),
      directory: chooseFolder(settings, sources, directory),
      keep: chooseKeep(settings, sources),
      format,
      jobs: chooseJobs(mode, sources),
      ...chooseRestored(sources),
    },
  }
}

const TOUCHED_AS_SQL = {
  message:
    'backup is touched and backup-format is sql.gz: what is restored of it lacks rows that its foreign keys need.',
  help: 'Take backup-format: custom, of which they are left out; or backup: full.',
}

/** The safest that any source names. SKIP_BACKUP undoes it, except on class production, where it is a wish like others. */
function chooseMode(
  { class: ofClass }: Environment,
  { backup: inFile }: EnvironmentSettings,
  sources: Sources,
): BackupMode | undefined {
  const { inputs, ledger, file } = sources
  const skip = readBoolean(variable(inputs, 'SKIP_BACKUP'), ledger)
  const skipped: Chosen<BackupMode>[] = skip?.value ? [{ value: 'off', source: skip.source }] : []
  const said: Chosen<BackupMode>[] = [
    ...one(chosenOf('backup', BACKUP_MODES, sources)),
    ...(inFile === undefined || file === undefined ? [] : [{ value: inFile, source: file.name }]),
    ...skipped,
  ]
  const safest = said.toSorted((one, other) => rank(one) - rank(other))[0]
  const chosen = ofClass === 'production' ? safest : (skipped[0] ?? safest)
  const other = said.find(({ value }) => value !== chosen?.value)
  if (chosen !== undefined && other !== undefined)
    ledger.notes.push(`backup: ${told(chosen)}, ${told(other)}; ${why(chosen, safest)}: ${chosen.value}.`)
  ledger.provenance.push({
    name: 'backup',
    value: chosen?.value ?? 'off',
    source: chosen?.source ?? 'the default',
  })
  return chosen?.value
}

function rank({ value }: Chosen<BackupMode>): number {
  return BACKUP_MODES.indexOf(value)
}

function told({ value, source }: Chosen<BackupMode>): string {
  return source === 'the variable SKIP_BACKUP' ? `${source} says true` : `${source} says ${value}`
}

function why(chosen: Chosen<BackupMode>, safest: Chosen<BackupMode> | undefined): string {
  return chosen === safest ? 'the safer one holds' : 'outside class production the variable holds'
}

function one<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}

/** What is none of the values is told, and counts as nothing said. */
function chosenOf<Value extends string>(
  name: InputName,
  values: readonly Value[],
  { inputs, ledger }: Sources,
): Chosen<Value> | undefined {
  const said = given(inputs, name)
  if (said === undefined) return undefined
  const value = values.find((each) => each === said.value)
  if (value !== undefined) return { value, source: said.source }
  const meant = didYouMean(said.value, values)
  ledger.problems.push({
    message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`,
    help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
  })
  return undefined
}

function chooseId({ inputs, ledger }: Sources): string | undefined {
  const said = given(inputs, 'backup-id')
  if (said === undefined) return undefined
  ledger.provenance.push({ name: 'backup-id', value: said.value, source: said.source })
  if (!/^\P{Cc}{1,255}$/u.test(said.value))
    ledger.problems.push({
      message: `${capitalised(said.source)} is ${showValue(said.value)}, which is no identifier.`,
      help: 'Give what the provider calls its snapshot: 1 to 255 printable characters.',
    })
  return said.value
}

function chooseVerify(settings: EnvironmentSettings, { inputs, ledger, file }: Sources): boolean {
  const inFile = settings['backup-verify']
  return chooseSafest(
    'backup-verify',
    [
      readBoolean(given(inputs, 'backup-verify'), ledger),
      inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
    ],
    true,
    ledger,
  )
}

function chooseFolder(settings: EnvironmentSettings, sources: Sources, migrations: string): string {
  const { inputs, ledger, folder, file } = sources
  const inFile = settings['backup-directory']
  const said =
    given(inputs, 'backup-directory') ??
    (inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name })
  if (said === undefined) return resolve(folder, DIRECTORY)
  ledger.provenance.push({ name: 'backup-directory', ...said })
  const path = resolve(folder, said.value)
  const where = isInside(migrations, path) ? 'in the migrations folder' : whyOutside(path, sources)
  if (where !== undefined)
    ledger.problems.push({
      message: `backup-directory is ${showValue(said.value)}, ${where}.`,
      help: `Name a folder elsewhere, such as ${DIRECTORY}.`,
    })
  return path
}

function chooseKeep(settings: EnvironmentSettings, { inputs, ledger, file }: Sources): number {
  const said = given(inputs, 'backup-keep')
  const inFile = settings['backup-keep']
  const source = said?.source ?? (inFile === undefined ? 'the default' : (file?.name ?? ''))
  const value = said === undefined ? (inFile ?? KEEP) : wholeNumber(said.value, MOST_KEPT)
  if (said !== undefined && value === undefined)
    ledger.problems.push({
      message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be a whole number from 1 to ${MOST_KEPT}.`,
      help: 'Correct the value.',
    })
  if (source !== 'the default')
    ledger.provenance.push({ name: 'backup-keep', value: String(value ?? KEEP), source })
  return value ?? KEEP
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= most ? value : undefined
}

function chooseFormat(settings: EnvironmentSettings, sources: Sources): BackupSettings['format'] {
  return chosenOf('backup-format', BACKUP_FORMATS, sources)?.value ?? settings['backup-format'] ?? 'custom'
}

/** The variable may be another tool's: what is no number is said, and stops nothing. */
function chooseJobs(mode: BackupMode | undefined, { inputs, ledger, command }: Sources): number {
  const said = variable(inputs, 'PARALLEL_JOBS')
  if (said === undefined) return 1
  const dumps =
    command === 'backup' ||
    (command !== undefined &&
      BACKUP_INPUTS.backup.commands.includes(command) &&
      (mode === 'full' || mode === 'touched'))
  const jobs = wholeNumber(said.value, MOST_JOBS)
  if (jobs === undefined)
    ledger.notes.push(
      `The variable PARALLEL_JOBS is no number from 1 to ${MOST_JOBS}; it has no effect here.`,
    )
  else if (!dumps)
    ledger.notes.push('The variable PARALLEL_JOBS is set; it does nothing where no backup is written.')
  return jobs ?? 1
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
