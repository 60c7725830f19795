import type { Watched } from '../../model/watch.js'
import { sendWatched, type WatchedOptions } from '../../sql/send-watched.js'
import type { Work } from '../executor.js'

/** Sends a part of a migration as it is applied. */
export function send(
  work: Work,
  sql: string,
  { lockMs = work.timeouts.lockMs, ...options }: WatchedOptions & { readonly lockMs?: number } = {},
): Promise<Watched> {
  return sendWatched(work, lockMs, sql, options)
}
