import type { SendOptions } from '../../model/session.js'
import type { Watched } from '../../model/watch.js'
import type { Work } from '../executor.js'

/** Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. */
export function send(
  { session, backend, watch, timeouts }: Work,
  sql: string,
  { lockMs = timeouts.lockMs, onMark, ...options }: SendOptions & { readonly lockMs?: number } = {},
): Promise<Watched> {
  let stepDone = () => {}
  const told = (mark: string) => {
    stepDone()
    onMark?.(mark)
  }
  const sent = session.send(sql, { keepRows: false, ...options, onMark: told })
  return watch.during(backend, lockMs, sent, (step) => {
    stepDone = step
  })
}
