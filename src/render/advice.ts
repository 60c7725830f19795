import { byHand, HALF_DONE_PAGE } from '../model/by-hand.js'
import type { Failure, Outcome } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { needsAWord } from './needs-a-word.js'
import { plural } from './plural.js'
import { makeTally } from './tally.js'

type Quote = (foreign: string) => string

/** What to do next, a sentence each; empty where there is nothing to do. Foreign text goes through `quote`. */
export function makeAdvice(report: Report, quote: Quote): string[] {
  const stopped = report.outcomes.find((o) => o.state !== 'applied' && o.state !== 'not-run')
  if (stopped !== undefined) return [...whatHappened(report), ...afterFailure(report, stopped, quote)]
  if (report.rehearsal.some((rehearsed) => rehearsed.state === 'failed')) {
    return ['Mend the file and run again. A file that is not applied yet may be edited freely.']
  }
  if (report.exitCode !== 0 && report.status !== 'pending') return []
  return whatIsLeft(report, quote)
}

function whatHappened(report: Report): string[] {
  const { appliedNow, notRun } = makeTally(report)
  return [
    ...(appliedNow === 0 ? [] : [`Applied before it, and kept: ${plural(appliedNow, 'migration')}.`]),
    ...(notRun === 0 ? [] : [`Not reached: ${plural(notRun, 'migration')}.`]),
  ]
}

function afterFailure(report: Report, stopped: Outcome, quote: Quote): string[] {
  const undo = [
    'To undo what was applied, write a new migration that reverses it; never edit or delete an applied file.',
    'If data was harmed, restore the backup that was taken before the run.',
  ]
  const name = quote(stopped.name)
  if (stopped.state === 'partial') {
    return [
      `The statements of ${name} before the failing one are done and stay. ${afterPart(stopped, quote)}`,
      ...undo,
    ]
  }
  if (needsAWord(stopped)) {
    return [
      `Every later run stops at ${name} until somebody has looked, and said what became of it: ${HALF_DONE_PAGE} says how.`,
    ]
  }
  if (stopped.state === 'unknown') {
    return [
      `When the database can be reached, run ${quote(`devflow db status --env ${report.environment}`)}: it reads what was recorded.`,
    ]
  }
  if (report.endedBy !== undefined) {
    return [`Nothing of ${name} was kept. To carry on, run again: what is applied is not applied again.`]
  }
  if (NOT_THE_FILE.includes(stopped.failure?.code ?? ''))
    return [`Nothing of ${name} was kept. The file need not change: run again.`]
  if (waitedInVain(stopped.failure)) {
    return [
      `Nothing of ${name} was kept. Another session had the lock, and the file need not change.`,
      ...wayToLock(stopped.failure, quote),
      'Then run again.',
    ]
  }
  return [`Nothing of ${name} was kept. Mend it and run again: a failed file may be edited freely.`, ...undo]
}

/** The connection was lost too often, or another run changed what this one was planned for. */
const NOT_THE_FILE = ['connection-lost', 'DF009']

/** Only what was sent statement by statement has a journal that says where to go on. */
function afterPart({ atomicity, version }: Outcome, quote: Quote): string {
  return atomicity === undefined
    ? byHand(quote(version))
    : 'Mend the failing one, leave those before it as they are, and run again: the run goes on there.'
}

/** Not for a lock that was waited for and got before something else went wrong. */
function waitedInVain(failure: Failure | undefined): failure is Failure {
  const { code = '', blockers = [] } = failure ?? {}
  return blockers.length > 0 && ['55P03', '40P01', '57014'].includes(code)
}

function wayToLock({ blockers = [] }: Failure, quote: Quote): string[] {
  const ends = blockers
    .filter(({ processId }) => processId !== 0)
    .slice(0, 5)
    .map(({ processId }) => quote(`SELECT pg_terminate_backend(${processId});`))
  const prepared = blockers.some(({ processId }) => processId === 0)
  return [
    ...(ends.length === 0 ? [] : [`Wait until it has ended, or end it: ${ends.join(' ')}`]),
    ...(prepared
      ? [`A prepared transaction stays until ${quote('COMMIT PREPARED')} or ${quote('ROLLBACK PREPARED')}.`]
      : []),
  ]
}

function whatIsLeft(report: Report, quote: Quote): string[] {
  const { pending } = makeTally(report)
  if (pending.length === 0 || report.status === 'applied') return []
  const command = `devflow db migrate --env ${report.environment}`
  const { ways = [], heldBy } = report.notRehearsed ?? {}
  if (ways.length === 0) return [`To apply: ${quote(command)}`]
  return [
    'To apply: have it rehearsed, in one of the ways above.',
    `To have it rehearsed on the target itself: ${quote(`${command} --rehearse target`)}`,
    heldBy === undefined
      ? `To apply without a rehearsal: ${quote(`${command} --rehearse off`)}`
      : `To apply without a rehearsal: set ${quote('rehearse: off')} for ${quote(report.environment)} in ${quote(heldBy)}, which holds against the flag.`,
  ]
}
