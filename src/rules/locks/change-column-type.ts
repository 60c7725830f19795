import type { Context, Hit, Rule } from '../rule.js'
import { parseColumnType } from './column-type.js'
import { isIndexed } from './is-indexed.js'
import { LESSER_LOCK_LEVELS, LOCK_LEVELS } from './lock-levels.js'
import { type RetypedColumn, retypedColumns } from './retyped-columns.js'
import { setsUtc } from './session-time-zone.js'

export const changeColumnType: Rule = {
  id: 'change-column-type',
  group: 'locks',
  title: 'ALTER COLUMN … TYPE that rewrites the table',
  why: 'Unless the old values are good as they are, byte for byte, the table and all its indexes are written anew under ACCESS EXCLUSIVE, which stops reads too: 4 seconds and 130 MB of WAL for `int` to `bigint` on a million rows. Releases still running may also not know the new type.',
  instead: `Free are: a longer \`varchar\`, \`varchar\` to \`text\` and back, more digits of a \`numeric\` with the same scale, more digits of a second, no limit in place of one, \`cidr\` to \`inet\`, and from PostgreSQL 12 on \`timestamp\` to \`timestamptz\` where the session's TimeZone is UTC. For all else, grow and shrink: add a column of the new type, keep it in step by a trigger, fill old rows in batches, let the code move over, drop the old column.

\`\`\`sql
alter table orders add column number_new bigint;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['rewrite'],
  examples: {
    bad: [
      'alter table orders alter column number type bigint;',
      "alter table orders alter column paid type boolean using paid = 'yes';",
      'alter table orders alter column note type text;',
    ],
    good: [
      {
        before: 'create table orders (code varchar(50), price numeric(10,2));',
        sql: 'alter table orders alter column code type text, alter column price type numeric(12,2);',
      },
      'create table orders (number int); alter table orders alter column number type bigint;',
    ],
  },
  *check(statement, context) {
    for (const column of retypedColumns(statement, context)) {
      const hit = hitOf(column, context)
      if (hit) yield { ...hit, span: column.span }
    }
  },
}

function hitOf(column: RetypedColumn, context: Context): Hit | undefined {
  switch (settled(column, context)) {
    case 'free':
      return column.collates ? reindexed(column) : undefined
    case 'reindex':
      return reindexed(column)
    case 'utc':
      return utc(column)
    case 'rewrite':
      return { message: `${change(column)} rewrites the whole table and its indexes.`, help: GROW }
    case 'unknown':
      return {
        message: `${change(column)} rewrites the whole table unless both types are kept alike.`,
        help: GROW,
      }
    default:
      return untold(column)
  }
}

/** The cost, where what the file sets before tells more. */
function settled({ cost }: RetypedColumn, context: Context): RetypedColumn['cost'] {
  if (cost !== 'utc') return cost
  const isUtc = setsUtc(context)
  if (isUtc === undefined) return 'utc'
  return isUtc ? 'reindex' : 'rewrite'
}

const GROW =
  'Add a column of the new type, keep it in step by a trigger, fill old rows in batches, let the code move over, and drop the old column in a later release.'

function change({ column, table, from, to }: RetypedColumn): string {
  return `Changing column ${column} of ${table} ${from === undefined ? '' : `from ${from} `}to ${to}`
}

function reindexed(column: RetypedColumn): Hit | undefined {
  if (!isIndexed(column.known, column.name)) return undefined
  return {
    levels: LESSER_LOCK_LEVELS,
    message: `${change(column)} builds the indexes on the column anew while nobody can read or write ${column.table}.`,
    help: 'The table itself is not rewritten. Where it is large, drop those indexes before and create them CONCURRENTLY after.',
  }
}

function utc(column: RetypedColumn): Hit {
  return {
    levels: LESSER_LOCK_LEVELS,
    message: `${change(column)} rewrites the whole table unless the session's TimeZone is UTC, which the file does not set.`,
    help: "Where the values are UTC, write SET LOCAL timezone = 'UTC'; before the statement. It also decides what moment each value becomes.",
  }
}

function untold(column: RetypedColumn): Hit {
  const free = freeFrom(column.to)
  const asIs = free === undefined ? `it is ${column.to} already` : `it is ${free} now`
  return {
    message: `${change(column)} rewrites the whole table unless ${asIs}, which the files do not tell.`,
    help: `If it does: ${GROW.slice(0, 1).toLowerCase()}${GROW.slice(1)}`,
  }
}

/** Types that a change to a type is free from, in words. */
function freeFrom(to: string): string | undefined {
  const { base, modifiers, isArray } = parseColumnType(to)
  const [size] = modifiers
  if (isArray) return undefined
  if (size === undefined) return UNLIMITED[base]
  if (base === 'varchar' || base === 'varbit') return `a ${base} of at most ${size}`
  if (base === 'numeric') return `a numeric of at most ${size} digits and scale ${modifiers[1] ?? 0}`
  return undefined
}

const UNLIMITED: Readonly<Record<string, string>> = {
  text: 'varchar or text',
  varchar: 'varchar or text',
  numeric: 'numeric of any size',
  timestamp: 'timestamp, or timestamptz with the TimeZone at UTC,',
  timestamptz: 'timestamptz, or timestamp with the TimeZone at UTC,',
  inet: 'cidr or inet',
  varbit: 'bit or varbit',
}
