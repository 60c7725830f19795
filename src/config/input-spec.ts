import type { Command } from '../model/inputs.js'

export type InputKind = 'text' | 'flag' | 'duration' | 'path' | 'choice'

/** One input of the action, which is also a flag of the command line. */
export interface InputSpec {
  /** As typed: `--env`. Absent: the verb of the command line (`devflow db migrate`). */
  readonly flag?: string
  /** A `flag` needs no value on the command line; in the action it is `true` or `false`. */
  readonly kind: InputKind
  readonly values?: readonly string[]
  /** The environment variable that is read where the input isn't given. */
  readonly variable?: string
  /** What holds where nothing is given, in words. */
  readonly default: string
  readonly doc: string
  /** The commands it changes anything for. */
  readonly commands: readonly Command[]
}
