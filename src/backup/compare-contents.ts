import type { Contents, RowDigest, SchemaDigest } from '../model/backup.js'
import { OWNER_KIND } from './digest-schema.js'

export interface Comparison {
  /** Its rows are in the backup; others' are not compared. Absent: all are. */
  readonly withoutRows: readonly string[]
  /** False where it was restored for another owner, without rights. */
  readonly owners: boolean
  /** Kinds of objects that are not compared. */
  readonly leftOut: readonly string[]
}

const RIGHTS_KINDS = [OWNER_KIND, 'rights', 'default privileges']

/** So many differences are told. */
const MOST = 10

/**
 * What a restored database has other than the one that was backed up, as clauses: tables, rows, sequences, large objects,
 * definitions. Empty where nothing is.
 */
export function compareContents(was: Contents, restored: Contents, how: Comparison): string[] {
  const differences = [
    ...compareTables(was, restored, how),
    ...compareSequences(was, restored),
    ...compareObjects(was, restored),
    ...compareSchema(was, restored, how),
  ]
  const more = differences.length - MOST
  return more > 0 ? [...differences.slice(0, MOST), `and ${more} more differences`] : differences
}

function compareTables(was: Contents, restored: Contents, { withoutRows }: Comparison): string[] {
  const left = new Set(withoutRows)
  const names = new Set([...Object.keys(was.tables), ...Object.keys(restored.tables)])
  return [...names].flatMap((name) => {
    const [before, after] = [own(was.tables, name), own(restored.tables, name)]
    if (!before) return [`${name} is there, and was not`]
    if (!after) return [`${name} is missing`]
    if (left.has(name)) return []
    return difference(`${name}`, before, after)
  })
}

function difference(what: string, was: RowDigest, restored: RowDigest): string[] {
  if (was.rows !== restored.rows) return [`${what} has ${restored.rows} rows, and had ${was.rows}`]
  return was.sum === restored.sum ? [] : [`${what} has ${was.rows} rows, and not the same`]
}

/** Others may have gone on with a sequence between the snapshot and the dump: it must not be behind. */
function compareSequences(was: Contents, restored: Contents): string[] {
  return Object.entries(was.sequences).flatMap(([name, before]) => {
    const after = own(restored.sequences, name)
    if (!after) return [`the sequence ${name} is missing`]
    const ahead = (BigInt(after.last) - BigInt(before.last)) * (before.increment.startsWith('-') ? -1n : 1n)
    const behind = ahead < 0n || (ahead === 0n && before.called && !after.called)
    return behind ? [`the sequence ${name} is at ${after.last}, and was at ${before.last}`] : []
  })
}

function compareObjects(was: Contents, restored: Contents): string[] {
  if (was.largeObjects === null || restored.largeObjects === null) return []
  const { rows, sum } = was.largeObjects
  if (rows !== restored.largeObjects.rows)
    return [`there are ${restored.largeObjects.rows} large objects, and were ${rows}`]
  return sum === restored.largeObjects.sum ? [] : ['the large objects are not the same']
}

function compareSchema(was: Contents, restored: Contents, { owners, leftOut }: Comparison): string[] {
  const not = new Set([...leftOut, ...(owners ? [] : RIGHTS_KINDS)])
  const kinds = new Set([...Object.keys(was.schema), ...Object.keys(restored.schema)])
  return [...kinds]
    .filter((kind) => !not.has(kind))
    .flatMap((kind) => {
      const before: SchemaDigest = own(was.schema, kind) ?? { count: 0, sha256: '' }
      const after: SchemaDigest = own(restored.schema, kind) ?? { count: 0, sha256: '' }
      if (before.count !== after.count)
        return [`of kind ${kind} there are ${after.count}, and were ${before.count}`]
      return before.sha256 === after.sha256 ? [] : [`of kind ${kind} one or more are defined otherwise`]
    })
}

/** Names come from a database and a file. */
function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}
