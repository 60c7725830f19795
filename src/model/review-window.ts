/** What will be applied, or undone, when nobody has stopped it. Names are foreign text. */
export interface ReviewWindow {
  /** The files, in their order. */
  readonly names: readonly string[]
  /** They are undone, and not applied. */
  readonly undoes?: boolean
  readonly environment: string
  readonly database: string
  /** In a job: where its run can be cancelled. */
  readonly runUrl?: string
}
