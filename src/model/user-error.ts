import type { Problem } from './problem.js'

/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
export class UserError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'))
    this.name = 'UserError'
    this.problems = problems
  }
}
