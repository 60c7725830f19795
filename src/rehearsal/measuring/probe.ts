import { LOCK_STRENGTHS, type LockStrength } from '../../model/measured.js'
import { modeBit } from './mode-bit.js'

/** What the server told of the time since it was asked before, or of all it has told again. */
export interface Probe {
  /** When it was asked and when it had answered, in milliseconds since 1970, by its own clock. */
  readonly begin: number
  readonly end: number
  /** Bytes of WAL that the server has written since its beginning. */
  readonly wal: number
  readonly relations: readonly RelationFact[]
  /** Gone; of their catalog's oid and their own. */
  readonly gone: readonly ObjectId[]
  /** Columns that are gone, some of them since long ago. */
  readonly columns: readonly { readonly relation: number; readonly column: number }[]
  readonly created: readonly (ObjectId & { readonly type: string; readonly name: string })[]
  /** Scans and rows are counted just then (`track_counts`). */
  readonly isCounted: boolean
}

export interface ObjectId {
  readonly catalog: number
  readonly id: number
}

/** A relation that is locked, as it is now. Counts go up, except that TRUNCATE sets those of rows back. */
export interface RelationFact {
  readonly id: number
  readonly modes: readonly LockStrength[]
  /** Its file: another number is another file. 0: it has none. -1: the relation is gone. */
  readonly file: number
  readonly scans: number
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

/** @param text the JSON that `probe-sql.ts` asks for */
export function parseProbe(text: string): Probe {
  const told = JSON.parse(text) as Told
  const facts = (told.facts ?? []).map((fact) => fact.split(':'))
  const of = (kind: string) => facts.filter(([letter]) => letter === kind)
  return {
    begin: told.begin * 1_000,
    end: told.end * 1_000,
    wal: parseLsn(told.wal),
    relations: of('r').map(parseRelation),
    gone: of('o').map(([, catalog, id]) => ({ catalog: Number(catalog), id: Number(id) })),
    columns: of('c').map(([, relation, column]) => ({ relation: Number(relation), column: Number(column) })),
    created: (told.created ?? []).map(([catalog, id, type, name]) => ({ catalog, id, type, name })),
    isCounted: told.counted === 'on',
  }
}

interface Told {
  readonly begin: number
  readonly end: number
  readonly wal: string
  readonly facts: readonly string[] | null
  readonly created: readonly (readonly [number, number, string, string])[] | null
  readonly counted: string
}

/** `0/1A2B3C`: two halves of 32 bits. */
function parseLsn(text: string): number {
  const [high = '', low = ''] = text.split('/')
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)
}

function parseRelation([, ...numbers]: readonly string[]): RelationFact {
  const [id = 0, modes = 0, file = 0, scans = 0, inserted = 0, updated = 0, deleted = 0] = numbers.map(Number)
  return {
    id,
    modes: LOCK_STRENGTHS.filter((mode) => (modes & modeBit(mode)) !== 0).reverse(),
    file,
    scans,
    inserted,
    updated,
    deleted,
  }
}

/** For sorting. */
export function strongestFirst(one: LockStrength, other: LockStrength): number {
  return LOCK_STRENGTHS.indexOf(other) - LOCK_STRENGTHS.indexOf(one)
}
