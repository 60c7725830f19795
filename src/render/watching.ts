import type { ProgressEvent } from '../model/progress.js'
import { renderDuration } from './duration.js'
import { cutText, logLine } from './foreign-text.js'
import { describeSessions, nameSession } from './other-session.js'
import type { Paint } from './paint.js'

export type WatchingEvent = Extract<ProgressEvent, { kind: 'watching' }>

/** A look at a long message as a line of a log: how long, what, how far, who is in its way, in whose way it is. */
export function renderWatching(event: WatchingEvent, paint: Paint): string {
  const { elapsedMs, doing, blockedBy, blocking } = event
  const what = doing === undefined ? '' : `: ${logLine(cutText(doing, 500))}`
  const line = [
    `  running for ${renderDuration(elapsedMs)}${what}${shareOf(event)}`,
    ...(blockedBy.length === 0 ? [] : [`blocked by ${describeSessions(blockedBy, logLine)}`]),
    ...(blocking.length === 0 ? [] : [`others wait for it: ${describeSessions(blocking, logLine)}`]),
  ].join('; ')
  return paint(blockedBy.length + blocking.length === 0 ? 'dim' : 'yellow', line)
}

/** The same in short, what matters most first, for a bar that may cut it. */
export function renderWatchingShort(event: WatchingEvent): string {
  const { elapsedMs, doing, blockedBy, blocking } = event
  const [blocker, ...more] = blockedBy
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return [
    `${renderDuration(elapsedMs)}${shareOf(event)}`,
    ...(blocker === undefined ? [] : [`blocked by ${nameSession(blocker, logLine)}${others}`]),
    ...(blocking.length === 0 ? [] : [`${blocking.length} waiting for it`]),
    ...(doing === undefined ? [] : [logLine(cutText(doing, 200))]),
  ].join(' · ')
}

function shareOf({ share }: WatchingEvent): string {
  return share === undefined ? '' : `, ${Math.floor(share * 100)} %`
}
