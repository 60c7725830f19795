import type { SendOptions } from '../model/session.js'
import type { Watched } from '../model/watch.js'
import { sendWatched } from '../sql/send-watched.js'
import { shortestLockTimeout } from '../sql/shortest-lock-timeout.js'
import type { Course } from './course.js'

/** What came of a part of a migration. */
export interface Passed extends Watched {
  /** Since the last mark, or since it was sent. No statement after that took longer. */
  readonly spentMs: number
}

/** Sends a part of a migration as it is rehearsed. */
export async function passBy(
  { rehearsal }: Pick<Course, 'rehearsal'>,
  sql: string,
  options: SendOptions = {},
): Promise<Passed> {
  const { lockMs, migrations } = rehearsal
  const shortestMs = shortestLockTimeout([lockMs, ...migrations.map(({ ownLockMs }) => ownLockMs)])
  let since = performance.now()
  const onMark = (mark: string) => {
    since = performance.now()
    options.onMark?.(mark)
  }
  const watched = await sendWatched(rehearsal, shortestMs, sql, { ...options, onMark })
  return { ...watched, spentMs: performance.now() - since }
}
