import type { Failure, Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { ServerError } from '../../model/session.js'

/** How far sending a group came. */
export interface Reached {
  /** How many of the group are applied, from its first on. */
  readonly applied: number
  /** What stopped the next one. */
  readonly stop?: Stop
}

export type Stop =
  /** The database refused it. `partial`: the file ended its transaction, and what it did until then is kept. */
  | {
      readonly kind: 'failed'
      readonly failure: Failure
      readonly state: 'failed' | 'partial'
      /** How many after the first that is not applied: files that share a transaction fail together. Default: 0. */
      readonly ahead?: number
    }
  /** It ended the transaction that it shares with those before it: what of them is kept stands in history. */
  | { readonly kind: 'ended'; readonly failure: Failure; readonly ahead: number }
  /** The same as `failed`, and it is recorded already. */
  | ({ readonly kind: 'told'; readonly failure: Failure } & Partial<Outcome>)
  /** The connection is gone, or no longer fit to carry the next. `at`: the one that was at work; `ahead`: as above, of it. */
  | {
      readonly kind: 'lost'
      readonly failure: Failure
      readonly at?: RunnableMigration | undefined
      readonly ahead?: number
    }
  /** All that is applied is known, and the session is not as it must be for the next. */
  | { readonly kind: 'not-set-back'; readonly failure: Failure }
  /** The server read nothing of the message; the file at this place of the group is to blame, where that is known. */
  | { readonly kind: 'refused'; readonly culprit?: number | undefined }
  /** The tracking tables were not made, and nothing else was reached. `refused`: the server ended the connection at a limit. */
  | { readonly kind: 'no-tables'; readonly refused?: ServerError }

/** What applying one file outside a transaction tells beyond what the migration is. */
export type Applied = Pick<Outcome, 'state' | 'attempts' | 'atomicity'> & {
  readonly failure?: Failure
  /** There is no connection to be had any more to record it on: nothing follows. */
  readonly isOver?: true
}
