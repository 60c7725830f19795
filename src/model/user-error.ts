import type { Problem } from './problem.js'

const MARK = Symbol.for('devflow-migrate/user-error')

/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
export class UserError extends Error {
  readonly [MARK] = true
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'))
    this.name = 'UserError'
    this.problems = problems
  }

  /** Each bundle of dist/ has a class of its own of this name; what one throws is known to all. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }
}
