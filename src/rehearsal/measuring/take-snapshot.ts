import { beginReading } from '../../sql/begin-reading.js'
import type { Course } from '../course.js'
import type { Probe } from './probe.js'
import { parseSnapshot, snapshotSql } from './snapshot-sql.js'

/** How all relations are at a time. */
export interface Snapshot {
  readonly probe: Probe
  /** The newest oid there is. */
  readonly newest: number
}

/**
 * Undefined where the server does not tell.
 *
 * @param before with it, what is gone since is told, and what was made
 */
export async function takeSnapshot(
  { rehearsal, measuring }: Pick<Course, 'rehearsal' | 'measuring'>,
  before?: Snapshot,
): Promise<Snapshot | undefined> {
  if (measuring.ended) return undefined
  const { session } = rehearsal
  const since = before?.newest ?? Number.MAX_SAFE_INTEGER
  const reply = await session.send(
    `${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\n${snapshotSql('snapshot', since)}\nCOMMIT;`,
  )
  if (reply.state === 'E') await session.send('ROLLBACK;')
  const text = reply.results[0]?.rows[0]?.[0]
  if (!text) return undefined
  const { probe, newest } = parseSnapshot(text)
  return { probe: before ? withGone(before.probe, probe) : probe, newest }
}

function withGone(before: Probe, after: Probe): Probe {
  const there = new Set(after.relations.map(({ id }) => id))
  const gone = before.relations.filter(({ id }) => !there.has(id)).map((fact) => ({ ...fact, file: -1 }))
  return { ...after, relations: [...after.relations, ...gone] }
}
