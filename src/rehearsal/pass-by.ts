import type { SendOptions } from '../model/session.js'
import type { Watched } from '../model/watch.js'
import { sendWatched } from '../sql/send-watched.js'
import { shortestLockTimeout } from '../sql/shortest-lock-timeout.js'
import type { Course } from './course.js'

/** Sends a part of a migration as it is rehearsed. */
export function passBy(
  { rehearsal }: Pick<Course, 'rehearsal'>,
  sql: string,
  options: SendOptions = {},
): Promise<Watched> {
  const { lockMs, migrations } = rehearsal
  const shortestMs = shortestLockTimeout([lockMs, ...migrations.map(({ ownLockMs }) => ownLockMs)])
  return sendWatched(rehearsal, shortestMs, sql, options)
}
