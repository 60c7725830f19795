import type { Graph } from '../model/graph.js'
import type { Outcome } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { didNotStop, isUnconfirmed, needsAWord } from './needs-a-word.js'
import { operationHeadline } from './operation-headline.js'
import { plural } from './plural.js'
import { makeTally } from './tally.js'

export type Mood = 'good' | 'waiting' | 'bad'

/** The verdict in one line. */
export interface Headline {
  readonly mood: Mood
  readonly icon: string
  readonly text: string
}

type Quote = (foreign: string) => string

/** What happened and where, in a sentence. Foreign text goes through `quote`. */
export function makeHeadline(report: Report, quote: Quote): Headline {
  const { status } = report
  if (report.exitCode === 2) return bad(`The set-up is wrong. ${whatWasDone(report)}`)
  if (report.command === 'serve' && report.endedBy !== undefined) return served(report, quote)
  if (status === 'cancelled' || report.endedBy !== undefined) return cancelled(report, quote)
  if (report.command === 'history' && report.exitCode === 0) return recorded(report, quote)
  if (report.operation !== undefined) return operated(report, quote)
  if (report.exitCode !== 0) return bad(cause(report, quote))
  return settled(report, quote)
}

/** There is no other end to it; what was asked for meanwhile was answered then. */
function served(report: Report, quote: Quote): Headline {
  return {
    mood: 'good',
    icon: '⏹️',
    text: `Served ${quote(report.environment)} until ${quote(report.endedBy ?? '')}`,
  }
}

/** Whatever it was doing: what is neither applied nor rolled back must be told before anything else. */
function cancelled(report: Report, quote: Quote): Headline {
  const by = report.endedBy === undefined ? '' : ` by ${quote(report.endedBy)}`
  const stopped = stoppedOutcome(report)
  const then = (name: string) =>
    stopped?.state === 'failed' ? `${name} ${ended(stopped)}. ${whatWasDone(report)}` : cause(report, quote)
  const undone = () =>
    isBegun(report) ? operationHeadline(report, placeOf(report, quote)) : whatWasDone(report)
  const what = stopped === undefined ? undone() : then(quote(stopped.name))
  return { mood: 'bad', icon: '⏹️', text: `Cancelled${by}. ${what}` }
}

function isBegun({ operation }: Report): boolean {
  return operation?.steps.some(({ state }) => state !== 'planned' && state !== 'not-run') === true
}

function stoppedOutcome({ outcomes }: Report): Outcome | undefined {
  return outcomes.find((outcome) => outcome.state !== 'applied' && outcome.state !== 'not-run')
}

function operated(report: Report, quote: Quote): Headline {
  const text = operationHeadline(report, placeOf(report, quote))
  if (report.exitCode !== 0) return bad(text)
  return report.status === 'planned' ? { mood: 'waiting', icon: '📋', text } : good(text)
}

function settled(report: Report, quote: Quote): Headline {
  const where = placeOf(report, quote)
  const { pending, applied, appliedNow } = makeTally(report)
  const count = plural(report.plan?.migrations.length ?? pending.length, 'migration')
  switch (report.status) {
    case 'valid':
      if (report.command === 'setup') return good('devflow is on PATH for the steps that follow')
      if (report.graph !== undefined) return good(graphed(report.graph))
      return good(`${plural(report.fileCount, 'migration file is', 'migration files are')} valid`)
    case 'up-to-date':
      if (report.command === 'verify') return good(verified(report, applied.length, where))
      return good(
        `Nothing to do on ${where}: ${plural(applied.length, 'migration is', 'migrations are')} applied`,
      )
    case 'applied':
      return good(`${plural(appliedNow, 'migration')} applied to ${where}${remaining(pending.length)}`)
    case 'rehearsed':
      return {
        mood: 'good',
        icon: '🧪',
        text: `${count} rehearsed on ${rehearsalPlace(report, where)}: nothing was changed`,
      }
    case 'planned':
      return { mood: 'waiting', icon: '📋', text: `${count} would run on ${where}${notRehearsed(report)}` }
    default:
      return { mood: 'waiting', icon: '⏳', text: pendingOn(report, where) }
  }
}

/** What ran on a shadow changed nothing on the target because it never was there. */
function rehearsalPlace({ rehearsedOn }: Report, where: string): string {
  return rehearsedOn?.kind === 'shadow' ? `a shadow of ${where}` : where
}

function notRehearsed(report: Report): string {
  return report.notRehearsed === undefined ? '' : ': not rehearsed'
}

function graphed({ names, edges }: Graph): string {
  return `${plural(names.length, 'migration')}, ${plural(edges.length, 'declared dependency', 'declared dependencies')}`
}

function pendingOn(report: Report, where: string): string {
  return `${plural(makeTally(report).pending.length, 'migration is', 'migrations are')} pending on ${where}`
}

function recorded(report: Report, quote: Quote): Headline {
  return {
    mood: 'good',
    icon: '📜',
    text: `${plural(report.events.length, 'event')} recorded on ${placeOf(report, quote)}`,
  }
}

function verified(report: Report, applied: number, where: string): string {
  return `${plural(applied, 'migration is', 'migrations are')} applied to ${where}, as in ${plural(report.fileCount, 'file')}`
}

function cause(report: Report, quote: Quote): string {
  const where = placeOf(report, quote)
  const stopped = stoppedOutcome(report)
  if (stopped?.state === 'partial') return `${quote(stopped.name)} is partly applied on ${where}`
  if (stopped !== undefined && needsAWord(stopped)) {
    return `Nobody can tell what became of ${quote(stopped.name)} on ${where}`
  }
  if (stopped?.failure && isUnconfirmed(stopped)) {
    return `Nothing confirms on ${where} that ${unconfirmed(report, quote)} applied: ${quote(stopped.failure.message)}`
  }
  if (stopped !== undefined && didNotStop(stopped)) {
    return `${quote(stopped.name)} did not stop in time on ${where}: what becomes of it is not known`
  }
  if (stopped?.state === 'unknown') {
    return `The connection was lost on ${where}: what became of ${quote(stopped.name)} is not known`
  }
  if (stopped !== undefined) {
    return `${quote(stopped.name)} failed on ${where} and ${ended(stopped)}. ${whatWasDone(report)}`
  }
  if (report.drift.length > 0) {
    const files = plural(report.drift.length, 'applied migration is', 'applied migrations are')
    return `${files} no longer what was applied to ${where}. ${whatWasDone(report)}`
  }
  return causeBeforeApplying(report, where, quote)
}

function unconfirmed({ outcomes }: Report, quote: Quote): string {
  const [first, ...more] = outcomes.filter(isUnconfirmed)
  return more.length === 0 ? `${quote(first?.name ?? '')} is` : `${more.length + 1} migrations are`
}

/** What runs outside a transaction is not rolled back. */
function ended({ failure }: Outcome): string {
  return failure?.left ? 'is half done' : 'was rolled back'
}

function causeBeforeApplying(report: Report, where: string, quote: Quote): string {
  const rehearsed = report.rehearsal.find((r) => r.state === 'failed')
  if (rehearsed !== undefined) {
    return `The rehearsal of ${quote(rehearsed.name)} failed on ${rehearsalPlace(report, where)}. ${whatWasDone(report)}`
  }
  const wrong = report.findings.filter((finding) => finding.severity === 'error')
  const unhealthy = wrong.filter(({ rule }) => rule === 'health-check').length
  if (unhealthy > 0 && unhealthy === wrong.length) return sick(report, unhealthy, where)
  const errors = wrong.length
  if (errors > 0) return `${plural(errors, 'error')} in the migrations. ${whatWasDone(report)}`
  if (report.status === 'pending') return pendingOn(report, where)
  if (report.status === 'refused') return `Refused on ${where}. ${whatWasDone(report)}`
  return `Failed on ${where}. ${whatWasDone(report)}`
}

/** What was applied is applied, whatever holds now. */
function sick(report: Report, count: number, where: string): string {
  const { appliedNow } = makeTally(report)
  const failed = plural(count, 'health check')
  if (appliedNow > 0)
    return `${plural(appliedNow, 'migration')} applied to ${where}, and ${failed} failed afterwards`
  return `${failed} failed on ${where}. Nothing was applied`
}

function whatWasDone(report: Report): string {
  const { appliedNow } = makeTally(report)
  return appliedNow === 0 ? 'Nothing was applied' : `${plural(appliedNow, 'migration')} applied before`
}

function remaining(pending: number): string {
  return pending === 0 ? '' : `; ${pending} still pending`
}

function placeOf(report: Report, quote: Quote): string {
  const { target } = report
  const environment = quote(report.environment)
  if (target === undefined) return environment
  return `${environment} (database ${quote(target.database)} at ${quote(`${target.host}:${target.port}`)})`
}

function good(text: string): Headline {
  return { mood: 'good', icon: '✅', text }
}

function bad(text: string): Headline {
  return { mood: 'bad', icon: '❌', text }
}
