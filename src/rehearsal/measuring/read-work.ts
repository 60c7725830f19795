import type { MeasuredRows } from '../../model/measured.js'
import type { Known, KnownRelation } from './known.js'
import type { Probe, RelationFact } from './probe.js'

/** How a relation was when it was last told of. */
export type Seen = Omit<RelationFact, 'id' | 'modes'>

/** What was done to relations that were there before the run. */
export interface Work {
  readonly rewritten: readonly string[]
  readonly scanned: readonly string[]
  readonly rows: readonly MeasuredRows[]
}

/** @param seen how each was before; brought up to date */
export function readWork(known: Known, { relations }: Probe, seen: Map<number, Seen>): Work {
  const changes = relations.flatMap((fact) => {
    const relation = known.relations.get(fact.id)
    const before = seen.get(fact.id)
    if (!relation || !before) return []
    seen.set(fact.id, fact)
    return [{ relation, before, fact }]
  })
  const sorted = changes.sort((one, other) => tablesFirst(one.relation, other.relation))
  return {
    rewritten: sorted.filter(isRewritten).map(({ relation }) => relation.name),
    scanned: sorted.filter(isScanned).map(({ relation }) => relation.name),
    rows: sorted.flatMap(rowsOf),
  }
}

interface Change {
  readonly relation: KnownRelation
  readonly before: Seen
  readonly fact: RelationFact
}

function isRewritten({ relation, before, fact }: Change): boolean {
  return KEPT_IN_A_FILE.has(relation.kind) && before.file > 0 && fact.file > 0 && before.file !== fact.file
}

/** Tables, materialised views, indexes. */
const KEPT_IN_A_FILE: ReadonlySet<string> = new Set(['r', 'm', 'i'])

/** Of an index the same count is of searches. */
function isScanned({ relation, before, fact }: Change): boolean {
  return (relation.kind === 'r' || relation.kind === 'm') && risen(before.scans, fact.scans) > 0
}

function rowsOf({ relation, before, fact }: Change): MeasuredRows[] {
  if (relation.kind !== 'r') return []
  const inserted = risen(before.inserted, fact.inserted)
  const updated = risen(before.updated, fact.updated)
  const deleted = risen(before.deleted, fact.deleted)
  return inserted + updated + deleted > 0 ? [{ relation: relation.name, inserted, updated, deleted }] : []
}

/** TRUNCATE begins to count anew. */
function risen(before: number, now: number): number {
  return now >= before ? now - before : now
}

function tablesFirst(one: KnownRelation, other: KnownRelation): number {
  return Number(one.kind === 'i') - Number(other.kind === 'i') || compareNames(one.name, other.name)
}

/** By code units: the same everywhere. */
export function compareNames(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
