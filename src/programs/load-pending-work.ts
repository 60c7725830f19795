import type { PENDING_WORK } from './pending-work.js'

/**
 * What is needed as soon as files are read as SQL, from a bundle of its own which what only finds out that nothing
 * is pending does without. Loaded once, whoever asks.
 */
export async function loadPendingWork(): Promise<typeof PENDING_WORK> {
  const { PENDING_WORK: work } = await import(/* webpackIgnore: true */ './pending-work.js')
  return work
}
