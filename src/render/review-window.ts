import type { ProgressEvent } from '../model/progress.js'
import { renderDuration } from './duration.js'
import { cutText, logLine } from './foreign-text.js'
import type { Paint } from './paint.js'
import { plural } from './plural.js'

export type ReviewWindowEvent = Extract<ProgressEvent, { kind: 'review-window' }>

/** So many files are named; the plan has all. */
const MOST_NAMES = 10

/** How long is left to stop a run, as a line of a log; the first one says what is applied or undone, where, and how to stop it. */
export function renderReviewWindow(event: ReviewWindowEvent, paint: Paint): string {
  const { isFirst, leftMs, about } = event
  const { names, database, undoes = false } = about
  if (!isFirst) return `  ${renderLeft(leftMs)} left before ${whatAndWhere(event)}`
  const shown = names.slice(0, MOST_NAMES).map(short)
  const more = names.length - shown.length
  const files = [...shown, ...(more === 0 ? [] : [`and ${more} more`])].join(', ')
  const line = `In ${renderLeft(leftMs)} ${whatAndWhere(event)} (database ${short(database)}): ${files}. To stop it, ${wayToStop(event)}; nothing is ${undoes ? 'undone' : 'applied'} then.`
  return paint('yellow', line)
}

/** The same for a line that is drawn again and again, what matters most first. */
export function renderReviewWindowShort(event: ReviewWindowEvent): string {
  return `${renderLeft(event.leftMs)} before ${whatAndWhere(event)} · ${wayToStop(event)} to stop it`
}

/** Nobody counts down in tenths. */
function renderLeft(ms: number): string {
  return ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : renderDuration(ms)
}

function whatAndWhere({ about: { names, undoes, environment } }: ReviewWindowEvent): string {
  const done = undoes ? 'undone on' : 'applied to'
  return `${plural(names.length, 'migration is', 'migrations are')} ${done} ${short(environment)}`
}

function wayToStop({ about: { runUrl } }: ReviewWindowEvent): string {
  return runUrl === undefined ? 'press Ctrl-C' : `cancel the workflow run (${short(runUrl)})`
}

function short(foreign: string): string {
  return logLine(cutText(foreign, 200))
}
