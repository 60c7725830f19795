import type { MigrationFile } from '../../model/migration.js'
import type { Span } from '../../model/position.js'
import { byteOffsets } from '../../sql/position.js'
import { showName } from '../../sql/relation-name.js'
import { tokens } from '../../sql/split-list.js'
import type { Known, KnownConstraint, KnownIndex, KnownRelation } from '../known/known.js'
import type { PlacedHit, Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { constraintName } from './constraint-name.js'
import { LOCK_LEVELS } from './lock-levels.js'

export const foreignKeyWithoutIndex: Rule = {
  id: 'foreign-key-without-index',
  group: 'locks',
  title: 'A foreign key whose columns have no index',
  why: 'PostgreSQL makes no index for them. Each row that is deleted from the table referred to, or gets another key, makes the server read the whole referring table, while it holds a lock on the row; and a join from there reads it all as well.',
  instead: `Create one, with those columns first; on a table with rows concurrently, in a migration of its own.

\`\`\`sql
create index concurrently orders_customer_id_idx on orders (customer_id);
\`\`\``,
  levels: LOCK_LEVELS,
  examples: {
    bad: ['create table orders (id bigint primary key, customer_id bigint references customers (id));'],
    good: [
      'create table orders (id bigint primary key, customer_id bigint references customers (id)); create index on orders (customer_id);',
      'create table account (customer_id bigint primary key references customers (id));',
    ],
  },
  *conclude({ known }) {
    for (const table of known.relations.values()) {
      if (table.temporary || table.kind !== 'table') continue
      const indexes = indexesOf(table, known)
      for (const key of table.constraints) {
        if (key.kind !== 'foreign-key' || !key.made.isNew || key.columns.length === 0) continue
        if (!indexes.some((index) => serves(index, key.columns))) yield hitOf(table, key)
      }
    }
  },
}

/** Those of a partitioned table are on each of its partitions. */
function indexesOf({ indexes, partitionOf }: KnownRelation, known: Known): readonly KnownIndex[] {
  const parent = partitionOf === undefined ? undefined : known.relations.get(partitionOf)
  return parent ? [...indexes, ...parent.indexes] : indexes
}

/** The columns come first in it, in any order. */
function serves({ columns, partial, method }: KnownIndex, wanted: readonly string[]): boolean {
  const first = columns.slice(0, wanted.length)
  return !partial && SEARCHED.has(method) && wanted.every((each) => first.includes(each))
}

/** Index methods that find a row by equality. */
const SEARCHED = new Set(['btree', 'hash'])

function hitOf(table: KnownRelation, key: KnownConstraint): PlacedHit {
  const columns = key.columns.map((each) => showName([each]))
  const name = showTable(`${table.schema}.${table.name}`)
  const list = columns.join(', ')
  const index = constraintName(table.name, key.columns, 'idx')
  const build = `create index concurrently ${index === undefined ? '' : `${showName([index])} `}on ${name} (${list});`
  return {
    file: key.made.file,
    span: spanOf(key),
    message: `No index begins with ${showList(columns)} of ${name}, so each DELETE from ${showTable(key.references ?? '')} reads all of it.`,
    help: `Add one: ${build}`,
    fix: { title: 'Create the index in a migration of its own', edits: [], next: build },
  }
}

function showTable(key: string): string {
  const [schema = '', ...name] = key.split('.')
  return schema === 'public' ? showName([name.join('.')]) : showName([schema, name.join('.')])
}

/** The constraint in the text, from the place that the tree gives; the statement where that is not there. */
function spanOf({ definition, made }: KnownConstraint): Span {
  const { text } = made.file
  const start = offsetsOf(made.file)(definition.location ?? 0)
  const begins = /^(constraint|foreign|references)\b/i.test(text.slice(start, start + 11))
  if (!begins || start < made.span.start || start >= made.span.end) return made.span
  let end = start
  let depth = 0
  for (const piece of tokens(text, { start, end: made.span.end })) {
    const sign = text.slice(piece.start, piece.end)
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (depth < 0 || (depth === 0 && sign === ',')) break
    end = piece.end
  }
  return { start, end }
}

/** Asked for in the order of the text they take time linear in it, however many there are. */
function offsetsOf(file: MigrationFile): (bytes: number) => number {
  const offsets = OFFSETS.get(file) ?? byteOffsets(file.text)
  OFFSETS.set(file, offsets)
  return offsets
}

const OFFSETS = new WeakMap<MigrationFile, (bytes: number) => number>()
