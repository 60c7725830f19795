import { resolve } from 'node:path'
import type { Config } from '../model/config.js'
import type { Command, Inputs } from '../model/inputs.js'
import type { Substitute } from '../model/substitute.js'
import { UserError } from '../model/user-error.js'
import { chooseAdopt } from './choose-adopt.js'
import { chooseAround } from './choose-around.js'
import { chooseBackup } from './choose-backup.js'
import { chooseCommand } from './choose-command.js'
import { chooseDatabase } from './choose-database.js'
import { chooseDirectory } from './choose-directory.js'
import { chooseDuration } from './choose-duration.js'
import { chooseEnvironment } from './choose-environment.js'
import { chooseExecutor } from './choose-executor.js'
import { chooseFolder } from './choose-folder.js'
import { chooseGate } from './choose-gate.js'
import { chooseHistory } from './choose-history.js'
import { chooseInStep, namesSupabaseTable } from './choose-in-step.js'
import { chooseJudging } from './choose-judging.js'
import { chooseMigrationsAsked } from './choose-migrations-asked.js'
import { chooseModes } from './choose-modes.js'
import { chooseNewName } from './choose-new-name.js'
import { choosePort } from './choose-port.js'
import { choosePrelude } from './choose-prelude.js'
import { chooseRehearsal } from './choose-rehearsal.js'
import { chooseSafest } from './choose-safest.js'
import { chooseTimeouts } from './choose-timeouts.js'
import { chooseWrittenFiles } from './choose-written-files.js'
import { collectSecrets } from './collect-secrets.js'
import { COMMANDS } from './commands.js'
import { findConfigFile } from './find-config-file.js'
import { given, variable } from './given.js'
import { makeRunContext } from './make-run-context.js'
import { noteUnused } from './note-unused.js'
import { openRedactor } from './open-redactor.js'
import { provideSecrets } from './provide-secrets.js'
import { readBoolean } from './read-boolean.js'
import { readCertificates } from './read-certificates.js'
import { readDebug } from './read-debug.js'
import type { Chosen, Ledger, Sources, System } from './sources.js'

/**
 * Everything that was given, checked and completed: flag or input, then variable, then file, then default, and the
 * safer value where they disagree on safety. Reads the disk only through `system`, and opens no connection.
 * @throws UserError with every mistake of inputs, variables and file at once; no message holds a database URL
 */
export async function makeConfig(inputs: Inputs, system: System): Promise<Config> {
  const ledger: Ledger = { problems: [...(inputs.mistakes ?? [])], notes: [], provenance: [] }
  const sources = await gatherSources(inputs, system, ledger)
  const config = await buildConfig(sources)
  if (ledger.problems.length === 0) return config
  throw new UserError(
    ledger.problems.map(({ message, help }) => ({
      message: config.redact(message),
      help: config.redact(help),
    })),
  )
}

/** What every part of a Config is made from: command, working directory and file, each with its mistakes told. */
async function gatherSources(inputs: Inputs, system: System, ledger: Ledger): Promise<Sources> {
  const command = chooseCommand(inputs, ledger)
  const folder = await chooseFolder(inputs, system, ledger)
  const before = ledger.problems.length
  const looked = folder !== undefined && command !== 'setup'
  const file = looked ? await tellProblems(findConfigFile(inputs, folder, system), ledger) : undefined
  ledger.problems.push(...(file?.problems ?? []))
  if (file !== undefined)
    ledger.provenance.push({ name: 'config', value: file.name, source: whereFrom(inputs) })
  return {
    inputs,
    system,
    ledger,
    command,
    connects: command !== undefined && COMMANDS[command].connects,
    folder: folder ?? resolve(inputs.folder),
    lost: folder === undefined,
    file,
    broken: folder === undefined || ledger.problems.length > before,
  }
}

function whereFrom(inputs: Inputs): string {
  return given(inputs, 'config')?.source ?? 'the default'
}

/** Lets the other parts go on, so that their mistakes are told in the same run. */
async function tellProblems<T>(work: Promise<T>, ledger: Ledger): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    ledger.problems.push(...error.problems)
    return undefined
  }
}

async function buildConfig(asGiven: Sources): Promise<Config> {
  const chosen = chooseEnvironment(asGiven)
  const sources = await provideSecrets(chosen, asGiven)
  const { inputs, system, ledger, command = 'validate' } = sources
  const { environment, settings } = chosen
  const { database, source: databaseSource } = chooseDatabase(chosen, sources)
  const directory = await chooseDirectory(sources)
  const project = sources.file?.document.project?.name
  const tlsCa = await tellProblems(readCertificates(sources), ledger)
  const secrets = collectSecrets(sources)
  const migrations = { ...chooseMigrationsSettings(sources), ...chooseMigrationsAsked(sources) }
  const switches = chooseSwitches(sources, command)
  const written = chooseWrittenFiles(sources, directory)
  noteUnused(sources)
  return {
    command,
    ...(project === undefined ? {} : { project }),
    environment,
    ...chooseExecutor(sources),
    ...chooseInStep(sources, directory),
    ...choosePrelude(sources, directory),
    directory,
    boundary: inputs.boundary ?? directory,
    base: inputs.boundary ?? inputs.folder,
    ...migrations,
    ...(database === undefined ? {} : { database }),
    databaseSource,
    ...(tlsCa === undefined ? {} : { tlsCa }),
    ...switches,
    lockWaitMs: chooseDuration('lock-wait', undefined, settings['lock-wait'], sources),
    timeouts: chooseTimeouts(settings, sources),
    ...chooseModes(settings, sources),
    ...chooseRehearsal(settings, sources),
    ...(await chooseGate(environment, settings, sources, { ...written, ...switches })),
    ...chooseBackup(environment, settings, sources, directory),
    judging: await chooseJudging(chosen, directory, sources),
    fix: command === 'validate' && inputs.fix === true,
    ...choosePort(sources),
    ...chooseNewName(sources),
    ...chooseHistory(sources),
    ...chooseAdopt(sources),
    entry: inputs.entry,
    ci: inputs.ci,
    verbose: inputs.verbose,
    ...written,
    ...chooseAround(chosen, sources, directory),
    run: makeRunContext(inputs, system),
    ...openRedactor(secrets),
    variableOf: (name) => (Object.hasOwn(inputs.variables, name) && inputs.variables[name]) || undefined,
    secrets,
    provenance: ledger.provenance,
    notes: ledger.notes,
  }
}

function chooseMigrationsSettings({
  file,
  ledger,
}: Sources): Pick<Config, 'exclude' | 'legacy' | 'substitute' | 'tracking' | 'gaps' | 'changed'> {
  const settings = file?.document.database?.migrations
  // Ours stand beside the Supabase CLI's then, in a schema of their own.
  const isSupabase = namesSupabaseTable(settings)
  const schema = isSupabase ? 'devflow' : (settings?.tracking_schema ?? 'devflow')
  const table = settings?.tracking_table ?? 'schema_migrations'
  const from = (value: unknown) => (value === undefined ? 'the default' : (file?.name ?? 'the default'))
  ledger.provenance.push(
    { name: 'tracking_schema', value: schema, source: from(settings?.tracking_schema) },
    { name: 'tracking_table', value: table, source: from(settings?.tracking_table) },
  )
  const configured = settings?.tracking_schema !== undefined && !isSupabase
  return {
    exclude: settings?.exclude ?? [],
    legacy: settings?.legacy ?? [],
    substitute: (settings?.substitute ?? []).map(asSubstitute),
    gaps: settings?.gaps ?? 'off',
    changed: settings?.changed ?? 'error',
    tracking: { schema, table, configured },
  }
}

function asSubstitute(
  given: string | { readonly name: string; readonly as?: Substitute['as'] | undefined },
): Substitute {
  return typeof given === 'string'
    ? { name: given, as: 'literal' }
    : { name: given.name, as: given.as ?? 'literal' }
}

function chooseSwitches(
  { inputs, file, ledger }: Sources,
  command: Command,
): Pick<Config, 'dryRun' | 'changes' | 'allowOutOfOrder' | 'confirmed' | 'debug'> {
  const read = (chosen: Chosen<string> | undefined) => readBoolean(chosen, ledger)
  const inFile = file?.document.database?.migrations?.allow_out_of_order
  const byCommand = command === 'dry-run' ? { value: true, source: 'the command dry-run' } : undefined
  const dryRun = [byCommand, read(given(inputs, 'dry-run')), read(variable(inputs, 'DRY_RUN'))]
  const outOfOrder = [
    read(given(inputs, 'allow-out-of-order')),
    inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
  ]
  const asked = chooseSafest('dry-run', dryRun, true, ledger)
  const proposes = command === 'rollback' && read(given(inputs, 'propose'))?.value === true
  return {
    dryRun: asked && COMMANDS[command].locks,
    // A proposal is a file, and nothing is done to the target for it.
    changes: !asked && COMMANDS[command].changes && !proposes,
    allowOutOfOrder: chooseSafest('allow-out-of-order', outOfOrder, false, ledger),
    confirmed: read(variable(inputs, 'CONFIRM_PRODUCTION_MIGRATION'))?.value ?? false,
    debug: readDebug(inputs, ledger),
  }
}
