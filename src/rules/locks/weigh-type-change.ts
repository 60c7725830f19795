import { type ColumnType, parseColumnType } from './column-type.js'

/**
 * What a change of type costs. `free`: the catalogue only. `reindex`: no rewrite, but indexes on the column are built
 * anew. `utc`: free where the session's TimeZone is UTC, else a rewrite. `unknown`: of types that are not the server's.
 */
export type TypeChange = 'free' | 'reindex' | 'utc' | 'rewrite' | 'unknown'

/**
 * What the server does for a change from a type to another, as measured on 15 and 18. It rewrites unless the values
 * stay as they are byte for byte, and knows so from the types alone.
 */
export function weighTypeChange(from: string, to: string, postgres: number): TypeChange {
  const [old, next] = [parseColumnType(from), parseColumnType(to)]
  if (old.base === next.base && old.isArray === next.isArray) return withinType(old, next)
  if (!isServers(old) || !isServers(next)) return pairOf(old, next) === 'citext text' ? 'reindex' : 'unknown'
  if (old.isArray || next.isArray) return 'rewrite'
  const unlimited = next.modifiers.length === 0
  const pair = `${old.base} ${next.base}`
  if (TIMES.has(pair) && (unlimited || next.modifiers[0] === 6)) return postgres >= 12 ? 'utc' : 'rewrite'
  if (!unlimited) return 'rewrite'
  if (FREE.has(pair)) return 'free'
  return REINDEXED.has(pair) ? 'reindex' : 'rewrite'
}

function withinType(old: ColumnType, next: ColumnType): TypeChange {
  if (String(old.modifiers) === String(next.modifiers)) return 'free'
  if (!isServers(next)) return 'unknown'
  if (next.modifiers.length === 0) return next.base === 'bit' ? 'rewrite' : 'free'
  if (next.isArray) return 'rewrite'
  const keeps = next.base === 'interval' ? keepsInterval : holdsMore
  return keeps(old.modifiers, next.modifiers, next.base) ? 'free' : 'rewrite'
}

function holdsMore(
  [a = Infinity, b = 0]: readonly number[],
  [x = Infinity, y = 0]: readonly number[],
  base: string,
): boolean {
  switch (base) {
    case 'varchar':
    case 'varbit':
      return x >= a
    case 'numeric':
      return x >= a && y === b
    case 'timestamp':
    case 'timestamptz':
    case 'time':
    case 'timetz':
      return x >= Math.min(a, MOST_DIGITS)
    default:
      return false
  }
}

/** An interval's modifiers are a mask of fields and the digits of a second. */
function keepsInterval(
  [fields = SECONDS, had = MOST_DIGITS]: readonly number[],
  [mask = 0, has = MOST_DIGITS]: readonly number[],
): boolean {
  return (mask & SECONDS) > 0 && ((fields & SECONDS) === 0 || has >= had)
}

/** Of a second. */
const MOST_DIGITS = 6

/** The bit of an interval's mask of fields that says it keeps seconds. */
const SECONDS = 1 << 12

function pairOf(old: ColumnType, next: ColumnType): string {
  if (old.isArray || next.isArray || next.modifiers.length > 0) return ''
  const plain = (base: string) => base.split('.').at(-1) ?? base
  return [old.base, next.base]
    .map((base) => (plain(base) === 'citext' ? 'citext' : base === 'varchar' ? 'text' : base))
    .toSorted()
    .join(' ')
}

const FREE = new Set(['varchar text', 'text varchar', 'xml text', 'xml varchar', 'xml bpchar', 'cidr inet'])
const REINDEXED = new Set([
  'text bpchar',
  'varchar bpchar',
  'bit varbit',
  ...['oid', 'regclass', 'regtype', 'regproc', 'regrole', 'regnamespace'].flatMap((each) => [
    `int4 ${each}`,
    `${each} int4`,
    ...(each === 'oid' ? [] : [`oid ${each}`, `${each} oid`]),
  ]),
])
const TIMES = new Set(['timestamp timestamptz', 'timestamptz timestamp'])

function isServers({ base }: ColumnType): boolean {
  return SERVERS.has(base)
}

const SERVERS = new Set(
  `bit bool box bpchar bytea char cidr circle date datemultirange daterange float4 float8 inet int2 int4
  int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr macaddr8 money
  name numeric nummultirange numrange oid path pg_lsn point polygon regclass regnamespace regproc regrole regtype text
  time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector uuid varbit varchar
  xid xml`.split(/\s+/),
)
