import type { Redact } from '../model/config.js'
import type { Reply, Rows } from '../model/session.js'
import type { OtherSession } from '../model/watch.js'
import { hideLiterals } from '../sql/hide-literals.js'
import { describeProgress } from './describe-progress.js'

/** What one look showed. Foreign text is redacted. */
export interface Look extends Shown {
  /** The server has such a process. */
  readonly isThere: boolean
  /** It waits for us, with nothing of ours to work on. */
  readonly isIdle: boolean
  /** The server is a standby: one of several, perhaps. */
  readonly isStandby: boolean
  /** Who answered, by the server's number; a pooler tells a connection another when it is opened. */
  readonly looker: number
  /** When the server was started, in seconds since 1970: another time after a restart, or where it is another server. */
  readonly server: string
}

/** What of it people are told. */
export interface Shown {
  readonly doing?: string
  /** From 0 to 1, of the phase that `doing` names. */
  readonly share?: number
  readonly blockedBy: readonly OtherSession[]
  readonly blocking: readonly OtherSession[]
}

/** Reads the answer to `lookQuery`; undefined where it failed. */
export function parseLook({ error, results }: Reply, redact: Redact): Look | undefined {
  const [presence, locks, progress, blockers, blocked] = results
  if (error || !presence || !locks || !progress || !blockers || !blocked) return undefined
  const [server, isThere, isIdle, isStandby, looker] = presence.rows[0] ?? []
  const { doing, share } = describeProgress(locks, progress)
  return {
    isThere: isThere === 't',
    isIdle: isIdle === 't',
    isStandby: isStandby === 't',
    looker: Number(looker),
    server: server ?? '',
    ...(doing === undefined ? {} : { doing: redact(doing) }),
    ...(share === undefined ? {} : { share }),
    blockedBy: parseSessions(blockers, redact),
    blocking: parseSessions(blocked, redact),
  }
}

const QUERY_SHOWN = 200

function parseSessions({ rows }: Rows, redact: Redact): OtherSession[] {
  const text = (value: string | null | undefined) => (value == null ? null : redact(value))
  return rows.map(([pid, user, application, address, state, age, query]) => ({
    processId: Number(pid),
    user: text(user),
    application: text(application),
    address: text(address),
    state: text(state),
    ageMs: age == null ? null : Math.max(0, Number(age)),
    // What somebody writes into a query may be anybody's data, as in DETAIL and CONTEXT of an error.
    query: query ? cut(redact(hideLiterals(query))) : null,
  }))
}

/** Redacted first: half a secret is not found. Never ends in half a character. */
function cut(query: string): string {
  const line = query.trim().replace(/\s+/g, ' ')
  const characters = Array.from(line.slice(0, 2 * QUERY_SHOWN + 2))
  return characters.length <= QUERY_SHOWN ? line : `${characters.slice(0, QUERY_SHOWN - 1).join('')}…`
}
