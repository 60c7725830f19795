import type { Problem } from './problem.js'
import { UserError } from './user-error.js'

/** There is no connection, or there is none any more, while nothing has been applied yet. */
export class ConnectionError extends UserError {
  /** A later attempt may succeed: the connection broke, or the server is starting. Not: wrong password, unknown host. */
  readonly transient: boolean

  /** The server is there and does not take connections yet, or takes no more. */
  readonly starting: boolean

  constructor(problem: Problem, transient: boolean, starting = false) {
    super([problem])
    this.name = 'ConnectionError'
    this.transient = transient
    this.starting = starting
  }
}
