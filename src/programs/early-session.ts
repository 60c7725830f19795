import type { Session } from '../model/session.js'
import type { SteadyDoor } from './steady-door.js'

/** The connection that history is read again on, opened while the last of many files are still being applied. */
export interface EarlySession {
  /** As many files are applied. */
  see(applied: number): void
  /** Undefined where it was not worth while, or did not come about. */
  take(): Promise<Session | undefined>
}

/** Connecting costs two round trips and more with TLS, which a run of many files need not wait for at its end. */
export function expectMany(door: SteadyDoor, count: number): EarlySession {
  let opening: Promise<Session | undefined> | undefined
  return {
    see(applied) {
      if (opening || count <= MANY || applied < count - BEFORE_END) return
      opening = door.open(() => {}).catch(() => undefined)
    },
    take: async () => opening,
  }
}

const MANY = 20
const BEFORE_END = 10
