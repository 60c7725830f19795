import type { SendOptions } from '../../model/session.js'
import type { Watched } from '../../model/watch.js'
import type { Work } from '../executor.js'

/** Sends a part of a migration: its rows are dropped, and what it waits for is looked at when it takes long. */
export function send(
  { session, backend, watch, timeouts }: Work,
  sql: string,
  { lockMs = timeouts.lockMs, ...options }: SendOptions & { readonly lockMs?: number } = {},
): Promise<Watched> {
  return watch.during(backend, lockMs, session.send(sql, { keepRows: false, ...options }))
}
