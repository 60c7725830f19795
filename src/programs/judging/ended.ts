import { UserError } from '../../model/user-error.js'

const MARK = Symbol.for('devflow-migrate/ended')

/** Thrown where the run was asked to end before anything was sent. Nobody made a mistake, and there is nothing to tell. */
export class Ended extends UserError {
  readonly [MARK] = true

  constructor() {
    super([])
  }

  /** As of a `UserError`: each bundle has a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }
}
