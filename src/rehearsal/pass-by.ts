import type { SendOptions } from '../model/session.js'
import type { Watched } from '../model/watch.js'
import type { Course } from './course.js'

/** Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. */
export function passBy(
  { rehearsal }: Pick<Course, 'rehearsal'>,
  sql: string,
  { onMark, ...options }: SendOptions = {},
): Promise<Watched> {
  const { session, watch, backend, lockMs } = rehearsal
  let stepDone = () => {}
  const told = (mark: string) => {
    stepDone()
    onMark?.(mark)
  }
  const sending = session.send(sql, { keepRows: false, ...options, onMark: told })
  return watch.during(backend, lockMs, sending, (step) => {
    stepDone = step
  })
}
