/** Why a run could not start or was not allowed to, in one place, with the way out. */
export interface Problem {
  readonly message: string
  readonly help: string
  /** Lines to add to a workflow, of ours, as they stand there. */
  readonly lines?: string
}
