import type { Problem } from '../../model/problem.js'

/** A Supabase CLI that was found, and what it says it is. */
export interface SupabaseCli {
  /** Absolute path of what was found. */
  readonly path: string
  /** Program and arguments that start it: what npm installs is a script, which is run by the Node.js that runs us. */
  readonly command: readonly [string, ...string[]]
  /** `3.1.0` */
  readonly version: string
}

export interface NoSupabaseCli {
  readonly problem: Problem
}
