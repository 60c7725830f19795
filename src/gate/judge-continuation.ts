import type { HistoryEvent } from '../model/history.js'
import type { Permission, Refusal } from '../model/permission.js'
import { refuse } from './refuse.js'

/**
 * Events that nothing but applying writes. A rehearsal, or a refusal of a gate, needed no approval; and whoever ends a run
 * before it applies anything means it to stay undone.
 */
const BY_APPLYING: readonly string[] = ['started', 'applied', 'failed', 'partial', 'cancelled', 'unknown']

/**
 * Whether a later attempt of a run goes on with what an earlier one began, where its approval holds for nothing else. To be
 * asked under the lock, before anything is applied.
 *
 * @param events what the history holds; only those of this run with this plan's hash are looked at
 */
export function judgeContinuation(
  permission: Pick<Permission, 'onlyContinuing'>,
  { runUrl, attempt }: { readonly runUrl: string; readonly attempt: number },
  events: readonly Pick<
    HistoryEvent,
    'version' | 'runUrl' | 'runAttempt' | 'planHash' | 'action' | 'event'
  >[],
): Refusal | undefined {
  const { onlyContinuing } = permission
  if (onlyContinuing === undefined) return undefined
  const began = events.some(
    (one) =>
      one.runUrl === runUrl &&
      one.planHash === onlyContinuing &&
      one.runAttempt !== null &&
      one.runAttempt < attempt &&
      (one.action === 'apply' || one.action === 'rollback') &&
      BY_APPLYING.includes(one.event ?? '') &&
      (one.version !== '' || one.event === 'started'),
  )
  if (began) return undefined
  return refuse(
    'rerun',
    `This is attempt ${attempt} of ${runUrl}, GitHub does not tell of which attempt an approval is, and no earlier one began the plan ${onlyContinuing}.`,
    'Start a new run, which is approved anew; or set approval-rerun: accept in devflow.yml, which takes the approval whatever it was for.',
  )
}
