import type { Token } from './tokens.js'

/** A string that is a secret by where it stands. */
export interface Placed {
  readonly token: Token
  /** See `FoundSecret`. */
  readonly what: string
  /** The place alone does not tell. */
  readonly unsure?: true
}
