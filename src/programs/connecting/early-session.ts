import { recordsQuery } from '../../database/read-history.js'
import type { Reply, Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import type { SteadyDoor } from './steady-door.js'

/** The connection that history is read again on, opened while the last of many files are still being applied. */
export interface EarlySession extends Disposable {
  /** As many files are applied. */
  see(applied: number): void
  /** Undefined where it was not worth while, or did not come about. */
  take(): Promise<Early | undefined>
  /** Closes it, or gives up waiting for it: a pool may have no other for what is opened next. It may be opened again. */
  leave(): void
}

/** Open, and asked already where all files were seen to be committed. */
export interface Early {
  readonly session: Session
  readonly answer?: Promise<Reply>
}

/**
 * Connecting costs two round trips and more with TLS, and reading one more, which a run of many files need not wait for at
 * its end: each is told of when it is committed, so after the last one history is asked while the server still records
 * what the schema is. Not where all are committed at once, after the last was told of.
 */
export function expectMany(
  door: SteadyDoor,
  { tracking }: Pick<Target, 'tracking'>,
  count: number,
  together: boolean,
): EarlySession {
  let opening: Promise<Early | undefined> | undefined
  const open = async () => ({ session: await door.open(() => {}) })
  const leave = () => {
    void opening?.then((early) => early?.session[Symbol.asyncDispose]())
    opening = undefined
  }
  return {
    see(applied) {
      if (count <= MANY || applied < count - BEFORE_END) return
      opening ??= open().catch(() => undefined)
      if (applied < count || together) return
      opening = opening.then(
        (early) => early && { ...early, answer: early.session.send(recordsQuery(tracking)) },
      )
    },
    take: async () => opening,
    leave,
    [Symbol.dispose]: leave,
  }
}

const MANY = 20
const BEFORE_END = 10
