import type { HistoryEvent } from '../model/history.js'

/** What an event was, in a word or two: ours have one, another runner's are told by what they did and how it ended. */
export function eventWord({ event, action, status }: HistoryEvent): string {
  return event ?? `${action} ${status}`
}

/**
 * Who let it, under which plan, from which commit, by which run. Foreign text goes through `quote`.
 *
 * @param quote makes a text safe for its outlet
 */
export function eventProof(event: HistoryEvent, quote: (foreign: string) => string): string[] {
  const { approver, approvalKind, planHash, commitSha, runUrl, runAttempt } = event
  const kind = approvalKind === null ? '' : ` (${quote(approvalKind)})`
  const attempt = runAttempt === null || runAttempt === 1 ? '' : ` attempt ${runAttempt}`
  return [
    ...(approver === null ? [] : [`approved by ${quote(approver)}${kind}`]),
    ...(planHash ? [`plan ${quote(shorten(planHash, SHORT_HASH))}`] : []),
    ...(commitSha === null ? [] : [`commit ${quote(shorten(commitSha, SHORT_COMMIT))}`]),
    ...(runUrl === null ? [] : [`${quote(runUrl)}${attempt}`]),
  ]
}

/** `v1:sha256:` and twelve digits. */
const SHORT_HASH = 22
const SHORT_COMMIT = 12

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`
}
