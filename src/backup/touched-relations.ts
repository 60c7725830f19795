import type { LockStrength } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import { quoteLiteral } from '../sql/identifier.js'

/** Locks of what writes rows, also where the rehearsal had none to write, and of what rewrites or drops. */
const WRITES: readonly LockStrength[] = ['RowExclusive', 'AccessExclusive']

/**
 * The relations that were there before and that the rehearsal saw changed, by name; or why it can not tell, as a clause.
 */
export function touchedRelations(
  rehearsal: readonly Rehearsed[],
): readonly string[] | { readonly why: string } {
  const unclear = rehearsal.find(
    ({ state, measured, left = [] }) => state !== 'rehearsed' || !measured || left.length > 0,
  )
  if (rehearsal.length === 0) return { why: 'nothing was rehearsed' }
  if (unclear) return { why: `the rehearsal does not show all that ${unclear.name} does` }
  const uncounted = rehearsal.find(({ measured = [] }) => measured.some((one) => one.uncounted))
  if (uncounted)
    return { why: `the server did not count which rows ${uncounted.name} changes (track_counts)` }
  const names = rehearsal.flatMap(({ measured = [] }) =>
    measured.flatMap(({ locks, rewritten, rows, dropped }) => [
      ...locks
        .filter(({ modes }) => modes.some((mode) => WRITES.includes(mode)))
        .map((lock) => lock.relation),
      ...rewritten,
      ...rows.map(({ relation }) => relation),
      ...dropped.filter(({ type }) => type === 'table').map(({ name }) => name),
    ]),
  )
  return [...new Set(names)]
}

/** SQL: the tables with rows that stand behind names of tables, their indexes and TOAST; of a parent all its children. */
export function tablesBehind(names: readonly string[]): string {
  return `WITH RECURSIVE named AS (SELECT to_regclass(name)::oid AS oid FROM unnest(ARRAY[${names.map(quoteLiteral).join(', ')}]::text[]) name),
  meant AS (SELECT coalesce(i.indrelid, w.oid, n.oid) AS oid FROM named n LEFT JOIN pg_index i ON i.indexrelid = n.oid
    LEFT JOIN pg_class w ON w.reltoastrelid = coalesce(i.indrelid, n.oid)),
  family AS (SELECT oid FROM meant UNION SELECT inhrelid FROM pg_inherits JOIN family ON inhparent = family.oid)
SELECT format('%I.%I', n.nspname, c.relname) FROM family JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' ORDER BY 1;`
}
