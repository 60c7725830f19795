import type { Way } from '../way.js'
import type { HeldLine } from './hold-line.js'

/** Closes what was worked on, and what looked at it: history is read on a fresh connection, and a pool may have but one. */
export async function leaveLine({ watch }: Pick<Way, 'watch'>, held: HeldLine): Promise<void> {
  await Promise.all([held[Symbol.asyncDispose](), watch.rest()])
}
