import type { HealthCheck, HealthSubject, HealthVerdict } from '../model/health.js'
import type { Exchange } from '../model/http.js'
import type { Reply, Session } from '../model/session.js'
import type { Target } from '../model/target.js'

/** What a check may use of the world. */
export interface HealthPlace {
  readonly target: Target
  /** A new connection, which the check closes. Rejects where there is none to be had. */
  readonly open: () => Promise<Session>
  /** SQL of ours or of the file's in a transaction that only reads, on a session that the checks share. */
  readonly read: (sql: string, timeoutMs: number) => Promise<Reply>
  readonly exchange: Exchange
  /** A host that is not on the internet, where plain text is let through. */
  readonly isPrivate: (host: string) => boolean
  /** A variable of the environment; an empty one is an absent one. */
  readonly variableOf: (name: string) => string | undefined
  readonly signal?: AbortSignal
}

/**
 * The axis: what can be looked at of a database and of what stands before it. A check has a kind in `model/health.ts`, its
 * file here with a function of this type, and its line in `looks.ts`. It looks once; `check-all.ts` sees to time and to
 * trying again. Rejections are for what nobody expects.
 */
export type Look<Kind extends HealthSubject['kind']> = (
  check: Extract<HealthCheck, { readonly kind: Kind }>,
  place: HealthPlace,
) => Promise<HealthVerdict>
