import { findInvalidIndexes } from '../database/find-invalid-indexes.js'
import { openWatch } from '../database/open-watch.js'
import { eventsQuery, parseEvents } from '../database/read-history.js'
import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { RunnableMigration } from '../model/plan.js'
import { UserError } from '../model/user-error.js'
import { fillValues } from '../plan/fill-values.js'
import { findDrift } from '../plan/find-drift.js'
import { findUnfinished } from '../plan/find-unfinished.js'
import { makePlan } from '../plan/make-plan.js'
import { markForced } from '../plan/mark-forced.js'
import { refuseTogether } from '../plan/refuse-together.js'
import type { Gathering } from '../report/gathered.js'
import { RULES } from '../rules/all-rules.js'
import { applyPending } from './apply-pending.js'
import { askToForce } from './ask-to-force.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { judgeFiles } from './judge-files.js'
import { readHistory, unreadableHistory } from './read-history.js'
import { rehearsePending } from './rehearse-pending.js'
import type { SteadyDoor } from './steady-door.js'
import type { System } from './system.js'
import type { Way } from './way.js'

/** Connects, reads, plans and, as far as the command goes, rehearses and applies. */
export async function onTarget(
  door: SteadyDoor,
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  lastTry: boolean,
): Promise<void> {
  const { host, port, database } = door.endpoint
  const { observe } = system
  observe({ kind: 'connecting', host, port, database })
  const onNotice = (severity: string, message: string) => observe({ kind: 'notice', severity, message })
  await using session = await door.open(onNotice)
  const known = await readHistory(session, door.plain, config, { ...system, signal })
  gathered.target = known.target
  gathered.notes = [...(gathered.notes ?? []), ...known.notes]
  observe({ kind: 'connected', target: known.target })
  if (known.cancelled) return
  if (known.refusal) {
    gathered.refusals = [known.refusal]
    return
  }
  gathered.records = known.records
  await using watch = openWatch(door.plain, observe, config.redact)
  const run: Way = { door, config, system, gathered, session, known, watch, signal, lastTry, onNotice }
  const runnable = await planPending(run)
  if (config.command === 'history') await showHistory(run)
  if (config.command === 'verify') await checkHealth(run)
  if (runnable === undefined || runnable.length === 0 || signal.aborted) return
  if (!['dry-run', 'migrate'].includes(config.command)) return
  if (await rehearsePending(run, runnable)) await applyPending(run, runnable)
}

async function showHistory({ session, known, gathered }: Way): Promise<void> {
  const query = eventsQuery(known.target.tracking, EVENTS_SHOWN)
  const reply = query ? await session.send(query) : undefined
  if (reply?.error) throw unreadableHistory(known.target, reply.error.message)
  gathered.events = reply ? parseEvents(reply) : []
}

const EVENTS_SHOWN = 100

/** @returns what is ready to run, or undefined when something stands against it */
async function planPending({
  config,
  system,
  gathered,
  known,
}: Way): Promise<readonly RunnableMigration[] | undefined> {
  system.observe({ kind: 'stage', stage: 'plan' })
  const { files = [], findings = [] } = gathered
  gathered.drift = findDrift(known.records, files)
  const { plan, findings: planFindings, refusals } = makePlan(files, known.records, config)
  gathered.plan = plan
  gathered.findings = [...findings, ...planFindings]
  gathered.refusals = refusals
  const parses = ['plan', 'dry-run', 'migrate'].includes(config.command)
  const pending = parses
    ? await hideFileSecrets(
        plan.migrations.map(({ file }) => file),
        config,
      )
    : []
  if (config.command !== 'migrate')
    gathered.notes = [...(gathered.notes ?? []), ...failedBefore(known.records).map(config.redact)]
  system.observe({ kind: 'planned', plan })
  if (pending.length === 0) return undefined
  const { tracking, serverMajor: postgres } = known.target
  const judged = await judgeFiles(pending, config, { tracking, postgres })
  const { migrations: runnable, findings: unfinished } = findUnfinished(judged.migrations, known.records)
  gathered.findings = [...gathered.findings, ...judged.findings, ...unfinished]
  gathered.suppressed = judged.suppressed
  gathered.rules = Object.values(RULES)
  if (config.transaction === 'all') gathered.findings = [...gathered.findings, ...refuseTogether(runnable)]
  await askToForce(config, system, gathered)
  const blocked =
    gathered.drift.length > 0 ||
    refusals.length > 0 ||
    gathered.findings.some((finding) => finding.severity === 'error')
  if (blocked) return undefined
  const marked = markForced(runnable, gathered.findings)
  return config.command === 'plan' ? marked : fillAll(marked, config, system)
}

/** @throws UserError for variables that are not there: nothing is sent without them */
function fillAll(
  runnable: readonly RunnableMigration[],
  config: Config,
  { mask }: System,
): readonly RunnableMigration[] {
  const { migrations, values, problems } = fillValues(
    runnable,
    config.variableOf,
    config.environment.urlVariable,
  )
  const spellings = config.hide(values)
  if (spellings.length > 0) mask?.(spellings)
  if (problems.length > 0) throw new UserError(problems)
  return migrations
}

function failedBefore(records: readonly AppliedRecord[]): string[] {
  return records
    .filter(({ status }) => status === 'failed')
    .map(
      ({ name, appliedAt, errorMessage }) =>
        `${name} failed when it was tried last, at ${appliedAt}: ${errorMessage ?? 'no reason is recorded'}.`,
    )
}

async function checkHealth({ session, gathered }: Way): Promise<void> {
  const invalid = await findInvalidIndexes(session)
  gathered.findings = [
    ...(gathered.findings ?? []),
    ...invalid.map((name) => ({
      rule: 'invalid-index',
      severity: 'error' as const,
      message: `The index ${name} is INVALID: a concurrent build of it failed.`,
      help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration.`,
    })),
  ]
}
