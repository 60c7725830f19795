import type { Config } from './config.js'
import type { Outcome, Rehearsed } from './outcome.js'
import type { Plan } from './plan.js'
import type { ReviewWindow } from './review-window.js'
import type { Target } from './target.js'
import type { OtherSession } from './watch.js'

/** What happens while it happens. Entries turn these into a bar, log lines or groups; nothing depends on them. */
export type ProgressEvent =
  | { readonly kind: 'configured'; readonly config: Config }
  | { readonly kind: 'connecting'; readonly host: string; readonly port: number; readonly database: string }
  | { readonly kind: 'connected'; readonly target: Target }
  | {
      readonly kind: 'waiting-for-lock'
      readonly holder: string
      readonly waitedMs: number
      readonly limitMs: number
      /** False where the log has told of it a moment ago. */
      readonly worthALine?: boolean
    }
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'stage'; readonly stage: 'validate' | 'plan' | 'rehearse' | 'apply' | 'verify' }
  | {
      readonly kind: 'rehearsing'
      readonly name: string
      readonly index: number
      readonly count: number
      /** True where something is told of it while it runs: the log names it first (`programs/telling/limit-lines.ts`). */
      readonly worthALine?: boolean
    }
  | {
      readonly kind: 'rehearsed'
      readonly rehearsed: Rehearsed
      readonly index: number
      readonly count: number
      /** False where there are so many that the log does not tell of each (`programs/telling/limit-lines.ts`). */
      readonly worthALine?: boolean
    }
  /** Nothing is applied yet, and somebody can still stop it. */
  | {
      readonly kind: 'review-window'
      readonly about: ReviewWindow
      /** Milliseconds, rounded up to whole seconds. */
      readonly leftMs: number
      readonly totalMs: number
      readonly isFirst: boolean
      /** Worth a line in a log; without it only what is drawn again shows the event. */
      readonly worthALine: boolean
    }
  | {
      readonly kind: 'applying'
      readonly name: string
      readonly index: number
      readonly count: number
      /** As of what is rehearsed. */
      readonly worthALine?: boolean
    }
  | {
      readonly kind: 'retrying'
      readonly name: string
      readonly reason: string
      readonly attempt: number
      readonly limit: number
      readonly blockers: readonly OtherSession[]
    }
  | {
      readonly kind: 'applied'
      readonly outcome: Outcome
      readonly index: number
      readonly count: number
      /** As of what is rehearsed. */
      readonly worthALine?: boolean
    }
  /** A message that takes long: what it is doing, who is in its way and in whose way it is. */
  | {
      readonly kind: 'watching'
      /** Of the message. */
      readonly elapsedMs: number
      /** In words: `building the index orders_by_day: scanning the table`. */
      readonly doing?: string
      /** From 0 to 1, where the server tells. */
      readonly share?: number
      readonly blockedBy: readonly OtherSession[]
      readonly blocking: readonly OtherSession[]
      /** Worth a line in a log (`programs/telling/limit-watching.ts`); without it only what is drawn again shows the event. */
      readonly worthALine?: boolean
    }
  | { readonly kind: 'reconnecting'; readonly reason: string; readonly attempt: number }
  /** So many that were committed, from the one with this index on, were not on the disk of a server that crashed. */
  | { readonly kind: 'taken-back'; readonly index: number; readonly count: number }
  | { readonly kind: 'cancelling'; readonly signal: string }
  /** Foreign text, redacted: a NOTICE or WARNING of the server. */
  | { readonly kind: 'notice'; readonly severity: string; readonly message: string }
  | { readonly kind: 'note'; readonly message: string }

export type Observe = (event: ProgressEvent) => void
