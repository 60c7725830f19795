import { byHand, HALF_DONE_PAGE } from '../model/by-hand.js'
import type { Failure, Outcome } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { didNotStop, needsAWord } from './needs-a-word.js'
import { plural } from './plural.js'
import { makeTally } from './tally.js'

type Quote = (foreign: string) => string

/** What to do next, a sentence each; empty where there is nothing to do. Foreign text goes through `quote`. */
export function makeAdvice(report: Report, quote: Quote): string[] {
  const stopped = report.outcomes.find((o) => o.state !== 'applied' && o.state !== 'not-run')
  if (stopped !== undefined)
    return [...whatHappened(report, stopped), ...afterFailure(report, stopped, quote)]
  if (report.rehearsal.some((rehearsed) => rehearsed.state === 'failed')) {
    return ['Mend the file and run again. A file that is not applied yet may be edited freely.']
  }
  if (report.exitCode !== 0 && report.status !== 'pending') return []
  return whatIsLeft(report, quote)
}

function whatHappened(report: Report, stopped: Outcome): string[] {
  const { appliedNow, notRun: without } = makeTally(report)
  const before = report.outcomes.slice(0, report.outcomes.indexOf(stopped))
  const undone = report.transaction === 'all' ? before.filter(({ state }) => state === 'not-run').length : 0
  const notRun = without - undone
  return [
    ...(appliedNow === 0 ? [] : [`Applied before it, and kept: ${plural(appliedNow, 'migration')}.`]),
    ...(undone === 0 ? [] : [`Rolled back with it: ${plural(undone, 'migration')}.`]),
    ...(notRun === 0 ? [] : [`Not reached: ${plural(notRun, 'migration')}.`]),
  ]
}

function afterFailure(report: Report, stopped: Outcome, quote: Quote): string[] {
  const undo = wayBack(report, stopped)
  const name = quote(stopped.name)
  if (stopped.state === 'partial' && stopped.atomicity !== undefined && isAboutLocks(stopped.failure)) {
    return [
      `What is done of ${name} stays, and nothing in it need be mended: another session had the lock.`,
      ...wayToLock(stopped.failure, quote),
      'Then run again: the run goes on there.',
    ]
  }
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
  if (didNotStop(stopped)) {
    return [
      `The server may be at work on it still, and holds the lock of the run until it ends. Then run ${quote(`devflow db status --env ${report.environment}`)}: it reads what was recorded.`,
    ]
  }
  if (stopped.state === 'unknown') {
    return [
      `When the database can be reached, run ${quote(`devflow db status --env ${report.environment}`)}: it reads what was recorded.`,
    ]
  }
  const kept = whatIsKept(stopped, name)
  if (report.endedBy !== undefined) {
    return [`${kept} To carry on, run again: what is applied is not applied again.`]
  }
  if (NOT_THE_FILE.includes(stopped.failure?.code ?? ''))
    return [`${kept} The file need not change: run again.`]
  if (stopped.failure?.code === HALF_DONE) return [`${kept} Do what the error says, and run again.`]
  if (waitedInVain(stopped.failure)) {
    return [
      `${kept} Another session had the lock, and the file need not change.`,
      ...wayToLock(stopped.failure, quote),
      'Then run again.',
    ]
  }
  return [`${kept} Mend it and run again: a failed file may be edited freely.`, ...undo]
}

/** Only from what was kept. */
function wayBack(report: Report, { state }: Outcome): string[] {
  const isKept = makeTally(report).appliedNow > 0 || state === 'partial'
  return [
    ...(isKept
      ? [
          'To undo what was applied, write a new migration that reverses it; never edit or delete an applied file.',
        ]
      : []),
    ...(isKept && report.backup
      ? ['If data was harmed, restore the backup that was taken before the run.']
      : []),
    ...(isKept && report.isMarked
      ? ['If data was harmed, go back to the point in time before the run, which history shows.']
      : []),
  ]
}

/** What runs outside a transaction is not rolled back. */
function whatIsKept({ failure }: Outcome, name: string): string {
  return failure?.left
    ? `${name} is half done: what is left of it, and what the next run does with that, stands with the error.`
    : `Nothing of ${name} was kept.`
}

/** What an earlier run left half done stands in the way. */
const HALF_DONE = 'DF007'

/** The connection was lost too often, or another run changed what this one was planned for. */
const NOT_THE_FILE = ['connection-lost', 'DF009']

/** Only what was sent statement by statement has a journal that says where to go on. */
function afterPart({ atomicity, version, stuck }: Outcome, quote: Quote): string {
  if (stuck !== undefined) return `The next run does not go on behind them. ${quote(stuck)}`
  return atomicity === undefined
    ? byHand(quote(version))
    : 'Mend the failing one, leave those before it as they are, and run again: the run goes on there.'
}

function isAboutLocks(failure: Failure | undefined): failure is Failure {
  const { code = '' } = failure ?? {}
  return ['55P03', '40P01'].includes(code) || waitedInVain(failure)
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
