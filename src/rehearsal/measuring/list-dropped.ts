import type { MeasuredDrop } from '../../model/measured.js'
import { type Known, type KnownObject, keyOf, PG_CLASS } from './known.js'
import type { NamedDrops } from './named-drops.js'
import { compareNames } from './read-work.js'

/**
 * What is gone after a statement, without what is no more than a part of it: the indexes of a table, the type of its
 * rows. What was made in the same run is left out: nothing of value is lost. What the statement names comes first; then
 * what goes with it, relations before others.
 *
 * @param fresh keys of what went with this statement
 * @param gone the same, and of all that went before it
 */
export function listDropped(
  known: Known,
  fresh: readonly string[],
  gone: ReadonlySet<string>,
  named: NamedDrops | undefined,
): MeasuredDrop[] {
  const dropped = fresh.flatMap((key) => {
    const object = known.objects.get(key)
    if (!object || isPart(known, key, object, gone, named)) return []
    const { type, name } = object
    return [{ type, name, cascaded: named !== undefined && !named.has(object) }]
  })
  return dropped.sort(
    (one, other) =>
      Number(one.cascaded) - Number(other.cascaded) ||
      rankOf(one) - rankOf(other) ||
      compareNames(one.name, other.name),
  )
}

/** What people miss first comes first. */
function rankOf({ type }: MeasuredDrop): number {
  const rank = RANKED.indexOf(type)
  return rank === -1 ? RANKED.length : rank
}

/** As `pg_identify_object` names them. */
const RANKED = ['table', 'foreign table', 'view', 'materialized view']

function isPart(
  { parts, relations }: Known,
  key: string,
  { type }: KnownObject,
  gone: ReadonlySet<string>,
  named: NamedDrops | undefined,
): boolean {
  const [catalog, id, column] = key.split(':').map(Number)
  if (column !== 0) return gone.has(keyOf(PG_CLASS, id ?? 0))
  const owners = parts.get(key) ?? []
  if (owners.some(({ inner }) => inner)) return true
  // A partition goes with its parent, and has rows of its own.
  const kind = catalog === PG_CLASS ? relations.get(id ?? 0)?.kind : undefined
  if (kind !== undefined && HOLDS_ROWS.has(kind)) return false
  if (owners.some((owner) => gone.has(owner.key))) return true
  // ALTER COLUMN SET DEFAULT puts a new one in its place.
  if (type === 'default value' && named?.only === false) return true
  const goesWithColumn = type === 'default value' || type === 'sequence'
  return goesWithColumn && owners.some((owner) => owner.column !== undefined && gone.has(owner.column))
}

/** Kinds of relations that people name. */
const HOLDS_ROWS: ReadonlySet<string> = new Set(['r', 'p', 'm', 'f', 'v'])
