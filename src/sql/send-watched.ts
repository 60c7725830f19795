import type { SendOptions, Session } from '../model/session.js'
import type { Watch, Watched } from '../model/watch.js'

/** A connection that a migration is sent on, and who looks at it from another. */
export interface WatchedLine {
  readonly session: Pick<Session, 'send' | 'giveUp'>
  readonly watch: Pick<Watch, 'during'>
  /** `pg_backend_pid()` of the session. */
  readonly backend: number
}

export interface WatchedOptions extends SendOptions {
  /** What follows that mark is our own, and waits for nobody. Default: there is none. */
  readonly isLastMark?: (mark: string) => boolean
}

/**
 * Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. A step
 * ends at each mark.
 *
 * @param lockMs the shortest `lock_timeout` that holds for it; 0: none
 */
export function sendWatched(
  { session, watch, backend }: WatchedLine,
  lockMs: number,
  sql: string,
  { onMark, isLastMark = () => false, ...options }: WatchedOptions,
): Promise<Watched> {
  return watch.during(
    backend,
    lockMs,
    (stepDone) => {
      const told = (mark: string) => {
        stepDone(isLastMark(mark))
        onMark?.(mark)
      }
      return session.send(sql, { keepRows: false, ...options, isWatched: true, onMark: told })
    },
    (reason) => session.giveUp(reason),
  )
}
