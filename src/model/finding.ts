import type { Position } from './position.js'

export type Severity = 'error' | 'warning' | 'notice'

/** Something wrong with a file, the configuration's effect or a target. An `error` stops whatever would be applied. */
export interface Finding {
  /** Kebab-case id, the same in every outlet: `checksum-drift`, `duplicate-version`. */
  readonly rule: string
  readonly severity: Severity
  /** Path relative to the boundary (in the action the workspace, so that GitHub finds the file), with `/`. Absent: about no file. */
  readonly file?: string
  readonly position?: Position
  /** What is wrong, one sentence, with the value seen. */
  readonly message: string
  /** The way out. */
  readonly help: string
  /** The offending line and a caret under the column, where there is one to show. */
  readonly excerpt?: string
}
