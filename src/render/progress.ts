import { cutMessage } from '../model/cut-message.js'
import type { ProgressEvent } from '../model/progress.js'
import { renderDuration } from './duration.js'
import { guardLog, logLine } from './foreign-text.js'
import { describeSessions } from './other-session.js'
import { makePaint, type Paint } from './paint.js'
import { plural } from './plural.js'
import { renderReviewWindow } from './review-window.js'
import { renderWatching } from './watching.js'

/** A line for the log while the run goes on, without line end; undefined where an event is not worth one. */
export function renderProgress(
  event: ProgressEvent,
  { color }: { readonly color: boolean },
): string | undefined {
  const line = renderEvent(event, makePaint(color))
  return line === undefined ? undefined : guardLog(line)
}

function renderEvent(event: ProgressEvent, paint: Paint): string | undefined {
  switch (event.kind) {
    case 'configured':
      return undefined
    case 'rehearsing':
      return event.worthALine ? `${counter(event)} ${logLine(event.name)} …` : undefined
    case 'watching':
      return event.worthALine ? renderWatching(event, paint) : undefined
    case 'review-window':
      return event.worthALine ? renderReviewWindow(event, paint) : undefined
    case 'connecting':
      return `Connecting to ${logLine(`${event.host}:${event.port}`)}, database ${logLine(event.database)}`
    case 'connected':
      return `Connected to PostgreSQL ${logLine(event.target.serverVersion)}, TLS ${event.target.tls}`
    case 'waiting-for-lock':
      if (event.worthALine === false) return undefined
      return paint(
        'yellow',
        `Another run holds the lock: ${logLine(event.holder)} (waited ${renderDuration(event.waitedMs)} of ${renderDuration(event.limitMs)})`,
      )
    case 'planned':
      return `Plan: ${plural(event.plan.migrations.length, 'migration')} to run${event.plan.hash === undefined ? '' : `, ${logLine(event.plan.hash)}`}`
    case 'stage':
      return paint('bold', stageWords[event.stage])
    case 'reconnecting':
      return paint('yellow', `Connecting again, attempt ${event.attempt}: ${short(event.reason)}`)
    case 'taken-back':
      return paint('yellow', takenBack(event.count))
    case 'cancelling':
      return paint(
        'yellow',
        `${logLine(event.signal)}: the run is being ended, and with it any statement that is running. A second signal leaves at once.`,
      )
    default:
      return isTold(event) ? renderMigrationEvent(event, paint) : undefined
  }
}

function takenBack(count: number): string {
  const which = count === 1 ? 'is not: it is' : 'are not: they are'
  return `The server crashed before all that was committed was on its disk. ${plural(count, 'migration')} ${which} sent again`
}

/** Headings of the log's groups. */
const stageWords: Readonly<Record<Extract<ProgressEvent, { kind: 'stage' }>['stage'], string>> = {
  validate: 'Validate the files',
  plan: 'Plan',
  rehearse: 'Rehearse',
  apply: 'Apply',
  verify: 'Verify',
}

type MigrationEvent = Extract<
  ProgressEvent,
  { kind: 'rehearsed' | 'applying' | 'retrying' | 'applied' | 'notice' | 'note' }
>

function isTold(event: MigrationEvent): boolean {
  return !('worthALine' in event) || event.worthALine !== false
}

function renderMigrationEvent(event: MigrationEvent, paint: Paint): string {
  switch (event.kind) {
    case 'rehearsed': {
      const { name, state, durationMs, reason } = event.rehearsed
      const why = reason === undefined ? '' : `: ${short(reason)}`
      const text = `${logLine(name)} ${state} in ${renderDuration(durationMs)}${why}`
      return `${counter(event)} ${state === 'failed' ? paint('red', text) : text}`
    }
    case 'applying':
      return `${counter(event)} ${logLine(event.name)} …`
    case 'applied': {
      const { name, state, durationMs } = event.outcome
      const text = `${logLine(name)} ${state} in ${renderDuration(durationMs)}`
      return `${counter(event)} ${paint(state === 'applied' ? 'green' : 'red', text)}`
    }
    case 'retrying': {
      const { name, attempt, limit, reason, blockers } = event
      const by = blockers.length === 0 ? '' : `; blocked by ${describeSessions(blockers, logLine)}`
      return paint('yellow', `${logLine(name)}: attempt ${attempt} of ${limit}: ${short(reason)}${by}`)
    }
    case 'notice':
      return paint('dim', `  ${logLine(event.severity)}: ${short(event.message)}`)
    case 'note':
      return short(event.message)
  }
}

/** `[ 3/12]`, the index from 1. */
function counter({ index, count }: { readonly index: number; readonly count: number }): string {
  const total = String(count)
  return `[${String(index).padStart(total.length)}/${total}]`
}

function short(text: string): string {
  return logLine(cutMessage(text, 1000))
}
