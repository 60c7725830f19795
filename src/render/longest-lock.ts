import type { Report } from '../model/report.js'
import { renderBytes } from './bytes.js'
import { renderDuration } from './duration.js'
import type { HeldLock } from './held-locks.js'
import { BLOCKED, lockName } from './lock-words.js'
import { describeSize } from './relation-sizes.js'

/** What an application would wait for most, as a label and a sentence. */
export interface LockText {
  readonly label: string
  readonly text: string
}

type Quote = (foreign: string) => string

/**
 * On a target it is told in time, on a shadow, whose times say nothing, in what is done meanwhile. Undefined where
 * nothing was measured. Foreign text goes through `quote`.
 */
export function makeLockText(
  report: Report,
  worst: HeldLock | undefined,
  quote: Quote,
): LockText | undefined {
  const onShadow = report.rehearsedOn?.kind === 'shadow'
  if (worst === undefined) return noLock(report)
  const { relation, mode, size, heldMs } = worst
  const large = describeSize(size)
  const what = `${BLOCKED[mode]} of ${quote(relation)}${large === '' ? '' : ` (${large})`} are blocked`
  const long = onShadow ? '' : ` for ${renderDuration(heldMs)}`
  const text = `${what}${long}, ${describeSpan(worst, quote)} (${lockName(mode)}); ${describeWork(worst, quote)}.`
  return { label: onShadow ? 'Heaviest lock:' : 'Longest lock:', text }
}

function noLock({ rehearsal }: Report): LockText | undefined {
  const measured = rehearsal.some((one) => (one.measured ?? []).length > 0)
  if (!measured) return undefined
  return {
    label: 'Locks:',
    text: 'nothing that was measured keeps readers or writers from what was there before.',
  }
}

function describeSpan({ rehearsed, statement, until, lasts }: HeldLock, quote: Quote): string {
  const { line } = statement.position
  const file = quote(rehearsed.name)
  if (until === statement) return `by line ${line} of ${file}`
  if (lasts === 'file') return `from line ${line} of ${file} to its end`
  if (lasts === 'run') return `from line ${line} of ${file} to the end of the run`
  return `from line ${line} to line ${until.position.line} of ${file}`
}

function describeWork({ relation, work }: HeldLock, quote: Quote): string {
  if (work === undefined) return 'nothing is rewritten or read from end to end meanwhile'
  const bytes = work.bytes === null ? undefined : renderBytes(work.bytes)
  const itself = work.relation === relation
  const what = itself ? (bytes ?? 'it') : quote(work.relation)
  const large = itself || bytes === undefined ? '' : ` (${bytes})`
  const verb = work.kind === 'rewrites' ? `rewrites ${what}` : `reads ${what}`
  return `what runs meanwhile ${verb}${large}${work.kind === 'scans' ? ' from end to end' : ''}`
}
