import type { Redact, RunContext } from '../../model/config.js'
import type { Observe } from '../../model/progress.js'
import type { Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'

/** What is said of a role that was made on a server others use too. */
export const ROLE_COMMENT = 'made by devflow-migrate for a shadow database; goes with the last of them'

/** Told of each notice of a server, redacted. */
export type OnNotice = (severity: string, message: string) => void

/** What is known when a shadow is looked for. */
export interface ShadowRequest {
  readonly target: Pick<
    Target,
    'host' | 'port' | 'database' | 'user' | 'serverMajor' | 'systemIdentifier' | 'tracking'
  >
  /** The target's environment is: not even a database beside its own is made on its server. */
  readonly isProtected: boolean
  /** A server that is given for it. Secret. */
  readonly shadowUrl?: string
  /** Where that was given, for messages: `the variable SHADOW_DATABASE_URL`. */
  readonly shadowSource?: string
  readonly redact: Redact
  /** Told of an answer that does not come. Default: nobody is. */
  readonly observe?: Observe
  /** How long an answer may take, in milliseconds. Default: half an hour; on PGlite two minutes. */
  readonly answersWithinMs?: number
  readonly run: RunContext
  /** Folders that npm's packages are looked for from, the project's first. */
  readonly searched: readonly string[]
  /** In place of this process's `PATH`. */
  readonly path?: string
}

/**
 * A database to rehearse on that is thrown away: whatever is done in it is gone when it is disposed of, and when the
 * run is killed the next run clears it away. It is empty at first: see `loadSchema`.
 */
export interface Shadow extends AsyncDisposable {
  /** As the role that migrations run as. */
  open(onNotice: OnNotice): Promise<Session>
  /** As who may do most there: for the schema, never for the SQL of a pending file. */
  openAsOwner(onNotice: OnNotice): Promise<Session>
  /** A clause, see `RehearsalPlace.where`. */
  readonly where: string
  readonly major: number
  /** What can't be told from it, each a sentence. */
  readonly limits: readonly string[]
  /** `open` logs in as a role of ours alone, which has the rights that it is given; nothing else does. */
  readonly ownRole: boolean
  /** Gives role and database the names that the target's server has for them, where they are ours to name. */
  rename(names: { readonly role: string; readonly database: string }): Promise<void>
  /** No program on this machine can be started from it, and nothing reaches beyond it, whoever runs SQL there. */
  readonly isContained: boolean
  /** The server is not ours alone: roles made on it carry `ROLE_COMMENT`, by which they are found and dropped again. */
  readonly isShared: boolean
  /** One session is to be closed before another is opened. */
  readonly singleConnection: boolean
}

/** There is a server, which `open` takes. It throws `Error`, or `UserError`, where it does not come up. */
export interface FoundShadow {
  open(): Promise<Shadow>
  /** It was asked for in words: where it does not come up, no other kind takes its place. */
  readonly final?: true
}

export interface NotFound {
  /** A clause: `no PostgreSQL is installed on this machine`. */
  readonly why: string
  /** As in `FoundShadow`. */
  readonly final?: true
}

/**
 * The axis: where a server to rehearse on can come from. A kind answers for itself whether it is to be had on this
 * machine, for this target; `open-shadow.ts` asks them in the order of `shadow-kinds.ts`, and takes the first.
 */
export interface ShadowKind {
  /** Looks, and starts nothing. */
  find(request: ShadowRequest): Promise<FoundShadow | NotFound>
}
