import { relative } from 'node:path'
import { PLANNING } from '../config/command-groups.js'
import { makeDoor } from '../database/open-session.js'
import { makeExcluder } from '../migrations/glob.js'
import { loadMigrations } from '../migrations/load-migrations.js'
import { makeGraph } from '../migrations/make-graph.js'
import type { Config } from '../model/config.js'
import type { Report } from '../model/report.js'
import { UserError } from '../model/user-error.js'
import { asDeclared } from '../plan/as-declared.js'
import type { Gathering } from '../report/gathered.js'
import { makeReport } from '../report/make-report.js'
import { askPermission } from './ask-permission.js'
import { leaveOff } from './confirming/leave-off.js'
import { makeSteady } from './connecting/steady-door.js'
import { untilConnected } from './connecting/until-connected.js'
import { openBreathing } from './judging/breathing.js'
import { Ended } from './judging/ended.js'
import { hideInFindings } from './judging/hide-in-findings.js'
import { stoppedBefore } from './judging/stopped-before.js'
import { loadPendingWork } from './load-pending-work.js'
import { recordRefusedApproval } from './permission/record-refused-approval.js'
import type { System } from './system.js'
import { limitLines } from './telling/limit-lines.js'
import { limitNotices } from './telling/limit-notices.js'
import { limitWatching } from './telling/limit-watching.js'
import type { Operate } from './way.js'

/**
 * The one sequence: validate ⊂ plan ⊂ dry-run ⊂ migrate. Each command stops where it has what it was asked for;
 * `status`, `verify` and `history` read the target and stop.
 * Never throws: what went wrong stands in the report beside what was done.
 */
export async function migrate(
  config: Config,
  { observe, ...rest }: System,
  startedAt: Date,
  operate?: Operate,
): Promise<Report> {
  const system: System = { ...rest, observe: limitNotices(limitWatching(limitLines(observe))) }
  const gathered: Gathering = {
    config,
    startedAt,
    directory: relative(config.base, config.directory) || '.',
  }
  system.observe({ kind: 'configured', config })
  const signal = system.signal ?? new AbortController().signal
  await Promise.race([gatherAll(config, system, gathered, signal, operate), tooLong(signal)])
  if (signal.aborted) leaveOff(gathered, String(signal.reason))
  return makeReport(gathered, system.now())
}

async function gatherAll(
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  operate: Operate | undefined,
): Promise<void> {
  try {
    await gather(config, system, gathered, signal, operate)
  } catch (error) {
    if (error instanceof Ended) gathered.cutShort = true
    if (error instanceof UserError) gathered.problems = signal.aborted ? [] : error.problems
    else gathered.bug = config.redact(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

/** GitHub kills a cancelled job 7.5 s after its first signal; what is known must be told before. */
const CANCEL_WITHIN_MS = 4_000

/** Ends some time after the run was asked to end. Never, where it is not asked. */
function tooLong(signal: AbortSignal): Promise<void> {
  const wait = (resolve: () => void) => void setTimeout(resolve, CANCEL_WITHIN_MS).unref()
  return new Promise((resolve) => {
    if (signal.aborted) wait(resolve)
    else signal.addEventListener('abort', () => wait(resolve), { once: true })
  })
}

async function gather(
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  operate: Operate | undefined,
): Promise<void> {
  if (signal.aborted) throw new Ended()
  system.observe({ kind: 'stage', stage: 'validate' })
  await load(config, gathered, system)
  const { files = [], findings = [] } = gathered
  if (config.command === 'graph') gathered.graph = makeGraph(files, config.graphFormat)
  if (config.command === 'graph') return
  if (config.command === 'validate')
    return (await loadPendingWork()).validate(config, system, gathered, () => load(config, gathered, system))
  // Whatever the folder is, what was done to the target can be read.
  if (config.command !== 'history' && findings.some((finding) => finding.severity === 'error')) {
    if (PLANNING.includes(config.command)) gathered.notRehearsed = stoppedBefore(gathered)
    return
  }
  if (config.command === 'new') return await writeNew(config, system, gathered)
  const expected = await loadExpected(config)
  if (expected) gathered.expected = expected
  const { refusals, permission, lacksApproval } = await askPermission(config, system, signal, expected)
  gathered.refusals = refusals
  if (lacksApproval) await recordRefusedApproval(config, gathered, signal)
  if (refusals.length > 0) return
  if (permission) {
    gathered.permission = permission
    gathered.notes = [...(gathered.notes ?? []), ...permission.notes]
  }
  await using local = config.database === 'embedded' ? await openLocal(config, system) : undefined
  if (local)
    gathered.notes = [
      ...(gathered.notes ?? []),
      `Using the local PostgreSQL in ${local.folder}.`,
      ...local.notes,
    ]
  const url = local?.url ?? (config.database as { url: string }).url
  await untilConnected(
    makeSteady(await makeDoor(url, config), url, signal, { observe: system.observe, redact: config.redact }),
    config,
    system,
    gathered,
    signal,
    operate,
  )
}

async function writeNew(config: Config, system: System, gathered: Gathering): Promise<void> {
  const { makeNew } = await import(/* webpackIgnore: true */ './new.js')
  await makeNew(config, gathered, system.now())
}

/** @throws UserError for what is no plan */
async function loadExpected(config: Config): Promise<Gathering['expected']> {
  const { expectedPlanHash, expectedPlan } = config.gate
  if (!config.changes || (expectedPlanHash ?? expectedPlan) === undefined) return undefined
  const { expectedBy } = await import(/* webpackIgnore: true */ './expected-by.js')
  return expectedBy(config)
}

/** Characters of all files, and of one: what is read of so many would let the heap grow far past what they take themselves. */
const MUCH = 8 * 1024 * 1024
const LARGE = 512 * 1024

/** Reads the folder, from the beginning whatever was gathered. */
async function load(config: Config, gathered: Gathering, { spareMemory, signal }: System): Promise<void> {
  const { files, findings } = await loadMigrations(config, openBreathing(signal).pause)
  const lengths = files.map(({ text }) => text.length)
  if (lengths.some((length) => length > LARGE) || lengths.reduce((total, length) => total + length, 0) > MUCH)
    spareMemory?.()
  const isLegacy = makeExcluder(config.legacy)
  const declared = files.map((file) => asDeclared(file, config, isLegacy))
  const shows = config.command === 'validate' || findings.some((finding) => finding.excerpt !== undefined)
  gathered.files = shows
    ? await (await loadPendingWork()).hideFileSecrets(declared, config, signal)
    : declared
  gathered.findings = hideInFindings(findings, gathered.files)
}

async function openLocal(
  { base }: Config,
  { observe }: System,
): ReturnType<typeof import('../database/embedded/open-local-database.js').openLocalDatabase> {
  const { openLocalDatabase } = await import(/* webpackIgnore: true */ './open-local-database.js')
  return openLocalDatabase(base, { onWait: (message) => observe({ kind: 'note', message }) })
}
