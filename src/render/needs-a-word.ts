import type { Outcome } from '../model/outcome.js'

/**
 * Its outcome is unknown for good, with the database at hand: every later run stops at it until somebody has said what
 * became of the statement that was cut off. Not one that can be read from the history as soon as there is a connection.
 */
export function needsAWord({ state, failure }: Pick<Outcome, 'state' | 'failure'>): boolean {
  return state === 'unknown' && failure?.code === 'DF007'
}

/** The run was left while the server still worked on it: no connection was lost. */
export function didNotStop({
  state,
  failure,
}: Pick<Outcome, 'failure'> & { readonly state: string }): boolean {
  return state === 'unknown' && failure?.code === 'cancelled'
}

/** Applied as far as the server said, on a connection that was not lost; history, read again, does not show it. */
export function isUnconfirmed({ state, failure }: Pick<Outcome, 'state' | 'failure'>): boolean {
  return state === 'unknown' && failure?.code === 'DF006'
}
