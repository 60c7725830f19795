import type { Problem } from './problem.js'
import { UserError } from './user-error.js'

/**
 * What kind of refusal it was: `cut`, the connection broke while it was made; `starting`, the server is there and does
 * not take connections just now; `away`, nothing answers; `refused`, the server does not let this user in, or not into this
 * database; `limit`, the server ended it at a limit that is set; `final`, another attempt would end the same.
 */
export type ConnectionTrouble = 'cut' | 'starting' | 'away' | 'refused' | 'limit' | 'final'

const MARK = Symbol.for('devflow-migrate/connection-error')

/** There is no connection, or there is none any more, while nothing has been applied yet. */
export class ConnectionError extends UserError {
  readonly [MARK] = true
  readonly trouble: ConnectionTrouble

  constructor(problem: Problem, trouble: ConnectionTrouble) {
    super([problem])
    this.name = 'ConnectionError'
    this.trouble = trouble
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }
}
