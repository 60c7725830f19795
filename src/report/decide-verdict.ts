import type { Operation } from '../model/operation.js'
import type { Report, Status } from '../model/report.js'
import type { Gathered } from './gathered.js'

/** The part of a report that other programs act on. */
export type Verdict = Pick<Report, 'status' | 'exitCode' | 'ready'>

/** Status, exit code and readiness from what was found and done. The first that holds decides. */
export function decideVerdict(gathered: Gathered): Verdict {
  const wrong = ended(gathered) ?? setUpWrong(gathered) ?? refused(gathered) ?? notApplied(gathered)
  if (wrong) return { ...wrong, ready: false }
  if (['validate', 'graph', 'setup'].includes(gathered.config.command))
    return { status: 'valid', exitCode: 0, ready: false }
  if (gathered.operation) return operated(gathered.operation)
  const left = leftPending(gathered)
  const status = reached(gathered, left)
  const unmet = gathered.config.command === 'verify' && left > 0
  return {
    status,
    exitCode: unmet ? 1 : 0,
    ready: left === 0 && gathered.plan !== undefined && !unsound(gathered),
  }
}

type Wrong = Pick<Verdict, 'status' | 'exitCode'>

/** A run that was asked to end and did all it was to do all the same is no cancelled one. */
function ended(gathered: Gathered): Wrong | undefined {
  const { endedBy, outcomes = [], config, plan, applying = false, operation } = gathered
  if (endedBy === undefined) return undefined
  if (gathered.cutShort) return { status: 'cancelled', exitCode: exitCodeOf(endedBy) }
  if (operation) return endedOperation(operation, config, endedBy)
  const applies = config.command === 'migrate' || config.command === 'dry-run'
  const left =
    applies && plan?.migrations.length !== outcomes.filter(({ state }) => state === 'applied').length
  if (plan !== undefined && !left && !applying) return undefined
  const states = outcomes.map(({ state }) => state)
  const half = states.find((state) => state === 'unknown' || state === 'partial')
  return { status: (half as 'unknown' | 'partial' | undefined) ?? 'cancelled', exitCode: exitCodeOf(endedBy) }
}

function endedOperation(
  { steps }: Operation,
  { dryRun }: Gathered['config'],
  endedBy: string,
): Wrong | undefined {
  const states = steps.map(({ state }) => state)
  if (states.every((state) => state === 'done' || (state === 'planned' && dryRun))) return undefined
  const half = (['unknown', 'partial'] as const).find((state) => states.includes(state))
  return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) }
}

/** 128 + the number of the signal, as shells have it. */
function exitCodeOf(signal: string): number {
  return 128 + (SIGNALS[signal] ?? 15)
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

function setUpWrong({ problems = [], bug }: Gathered): Wrong | undefined {
  if (bug !== undefined) return { status: 'failed', exitCode: 1 }
  return problems.length > 0 ? { status: 'failed', exitCode: 2 } : undefined
}

function refused(gathered: Gathered): Wrong | undefined {
  if (gathered.cancelled) return { status: 'cancelled', exitCode: 1 }
  if ((gathered.refusals ?? []).length > 0) return { status: 'refused', exitCode: 1 }
  // All of it was applied: nothing was refused.
  if (gathered.unhealthy) return { status: 'failed', exitCode: 1 }
  // History is shown whatever it holds; the outcomes tell of findings that did not hold anything up.
  if (gathered.config.command === 'history' || !unsound(gathered)) return undefined
  return {
    status: ['validate', 'graph'].includes(gathered.config.command) ? 'invalid' : 'refused',
    exitCode: 1,
  }
}

function unsound({ drift = [], findings = [] }: Gathered): boolean {
  return drift.length > 0 || findings.some((finding) => finding.severity === 'error')
}

function notApplied({ rehearsal = [], outcomes = [], operation }: Gathered): Wrong | undefined {
  const states = outcomes.map((outcome) => outcome.state)
  if (operation !== undefined) return notDone(operation)
  if (states.includes('unknown')) return { status: 'unknown', exitCode: 1 }
  if (states.includes('partial')) return { status: 'partial', exitCode: 1 }
  if (states.includes('failed'))
    return { status: states.includes('applied') ? 'partial' : 'failed', exitCode: 1 }
  if (rehearsal.some((one) => one.state === 'failed')) return { status: 'failed', exitCode: 1 }
  // Nothing failed, but the run ended early: the connection was lost after the server had committed.
  return states.includes('not-run') ? { status: 'partial', exitCode: 1 } : undefined
}

/** What an operation did not do, it did not do to the end. */
function notDone({ steps }: Operation): Wrong | undefined {
  const states = steps.map(({ state }) => state)
  if (states.includes('unknown')) return { status: 'unknown', exitCode: 1 }
  if (states.includes('partial')) return { status: 'partial', exitCode: 1 }
  if (!states.includes('failed') && !states.includes('not-run')) return undefined
  return { status: states.includes('done') ? 'partial' : 'failed', exitCode: 1 }
}

function operated({ steps }: Operation): Verdict {
  const status =
    steps.length === 0 ? 'up-to-date' : steps.some(({ state }) => state === 'done') ? 'applied' : 'planned'
  return { status, exitCode: 0, ready: false }
}

function leftPending({ plan, outcomes = [] }: Gathered): number {
  const applied = outcomes.filter((outcome) => outcome.state === 'applied').length
  return (plan?.migrations.length ?? 0) + (plan?.deferred.length ?? 0) - applied
}

function reached({ config, plan, rehearsal = [], outcomes = [] }: Gathered, left: number): Status {
  if (outcomes.some((outcome) => outcome.state === 'applied')) return 'applied'
  if (config.command === 'verify' || config.command === 'history' || config.command === 'status') {
    return left > 0 ? 'pending' : 'up-to-date'
  }
  if ((plan?.migrations.length ?? 0) === 0) return left > 0 ? 'pending' : 'up-to-date'
  return rehearsal.some((one) => one.state === 'rehearsed' || one.state === 'partly-rehearsed')
    ? 'rehearsed'
    : 'planned'
}
