import { beginReading } from '../../sql/begin-reading.js'
import type { Course } from '../course.js'
import { makeFrame } from '../frame.js'
import { loseConnection, noTables } from '../when-it-fails.js'
import { parseKnown } from './known.js'
import { knownSql } from './known-sql.js'
import { parseSnapshot, snapshotSql } from './snapshot-sql.js'

/**
 * Makes the tracking tables, and looks at all that is there: where each file commits, what it drops can't be named
 * afterwards. Without an answer nothing is measured.
 *
 * @returns whether there is a way on
 */
export async function lookBefore(course: Course): Promise<boolean> {
  const { rehearsal, measuring } = course
  const { session, limit } = rehearsal
  const made = await session.send(makeFrame(rehearsal).opening)
  if (made.state === 'lost' && !made.error?.limit) return loseConnection(course, made, [])
  if (made.error) throw noTables(made, rehearsal)
  course.opened = true
  const reply = await session.send(
    `${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${knownSql('known', 'all')}\n${snapshotSql('snapshot', NOTHING_NEWER)}\nCOMMIT;`,
  )
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  const [known, snapshot] = reply.results.map(({ rows }) => rows[0]?.[0])
  if (known && snapshot) {
    measuring.before = { known: parseKnown(known), ...parseSnapshot(snapshot) }
    return true
  }
  measuring.ended = true
  limit(
    `What each statement does was not measured: the server would not tell (${reply.error?.message ?? 'without a reason'}).`,
  )
  if (reply.state === 'E') await session.send('ROLLBACK;')
  return true
}

/** Above every oid. */
const NOTHING_NEWER = 2 ** 32
