/** What was there before the run. */
export interface Known {
  /** By oid; no TOAST, which nobody names. */
  readonly relations: ReadonlyMap<number, KnownRelation>
  /** By {@link keyOf}. */
  readonly objects: ReadonlyMap<string, KnownObject>
  /** Of an object, by its key: what it is a part of, or goes with. */
  readonly parts: ReadonlyMap<string, readonly PartOf[]>
}

export interface KnownRelation {
  readonly id: number
  readonly schema: string
  /** Without quotes. */
  readonly table: string
  /** As it must be quoted. */
  readonly name: string
  /** `pg_class.relkind` */
  readonly kind: string
  /** `pg_class.relfilenode` */
  readonly file: number
}

export interface KnownObject {
  readonly type: string
  readonly name: string
  /** The last part of its name, without quotes. */
  readonly bare: string
}

export interface PartOf {
  readonly key: string
  /** Of a column: the column's key, where `key` is that of the relation. */
  readonly column?: string
  /** It can't be dropped alone. */
  readonly inner: boolean
}

/** Of an object, or a column. */
export function keyOf(catalog: number, id: number, column = 0): string {
  return `${catalog}:${id}:${column}`
}

/** The oid of the catalog of relations, which columns are counted to, too. */
export const PG_CLASS = 1259

/** By its name as a server tells it, which quotes all names where a file wants that. */
export function isToast(name: string): boolean {
  return /^"?pg_toast"?\./.test(name)
}

/** @param text the JSON that `known-sql.ts` asks for */
export function parseKnown(text: string): Known {
  const told = JSON.parse(text) as Told
  const relations = (told.relations ?? []).map(([id, schema, table, name, kind, file]) => ({
    id,
    schema,
    table,
    name,
    kind,
    file,
  }))
  const objects = (told.objects ?? []).map(parseObject).filter(([, { name }]) => !isToast(name))
  const columns = (told.columns ?? []).map(
    ([relation, column, name, bare]) =>
      [keyOf(PG_CLASS, relation, column), { type: 'table column', name, bare }] as const,
  )
  return {
    relations: new Map(relations.map((relation) => [relation.id, relation])),
    objects: new Map([...objects, ...columns]),
    parts: parseParts(told.parts ?? []),
  }
}

interface Told {
  readonly relations: readonly (readonly [number, string, string, string, string, number])[] | null
  readonly objects: readonly ObjectRow[] | null
  readonly columns: readonly (readonly [number, number, string, string])[] | null
  readonly parts: readonly (readonly [number, number, number, number, number, string])[] | null
}

type ObjectRow = readonly [
  catalog: number,
  id: number,
  column: number,
  type: string,
  name: string,
  names: readonly string[] | null,
]

function parseObject([catalog, id, column, type, name, names]: ObjectRow): readonly [string, KnownObject] {
  const last = names?.at(-1) ?? name
  // The name of a type comes in one part.
  const bare = type === 'type' ? unquoted(last) : last
  return [keyOf(catalog, id, column), { type, name, bare }]
}

function unquoted(name: string): string {
  const [, quoted, plain] = /(?:"((?:[^"]|"")*)"|([^."]*))$/.exec(name) ?? []
  return quoted?.replaceAll('""', '"') ?? plain ?? name
}

function parseParts(rows: NonNullable<Told['parts']>): Map<string, PartOf[]> {
  const parts = new Map<string, PartOf[]>()
  for (const [catalog, id, ofCatalog, ofId, ofColumn, kind] of rows) {
    const key = keyOf(catalog, id)
    const column = ofColumn === 0 ? {} : { column: keyOf(ofCatalog, ofId, ofColumn) }
    parts.set(key, [
      ...(parts.get(key) ?? []),
      { key: keyOf(ofCatalog, ofId), ...column, inner: kind !== 'a' },
    ])
  }
  return parts
}
