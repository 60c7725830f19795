import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { KnownRelation } from '../known/known.js'
import type { Rule } from '../rule.js'

export const tableWithoutPrimaryKey: Rule = {
  id: 'table-without-primary-key',
  group: 'design',
  title: 'A table without a primary key',
  why: 'Rows that are the same can not be told apart, and where the table is published for logical replication every UPDATE and DELETE of it fails until it has a replica identity.',
  instead: 'Give it one:\n\n```sql\nid bigint generated always as identity primary key\n```',
  levels: everywhere('off'),
  examples: {
    bad: ['create table events (at timestamptz, what text);'],
    good: [
      'create table events (id bigint primary key, at timestamptz);',
      { sql: ['create table events (id bigint not null);', 'alter table events add primary key (id);'] },
    ],
  },
  *conclude({ known }) {
    for (const table of known.relations.values()) {
      if (!needsKey(table) || table.constraints.some(({ kind }) => kind === 'primary-key')) continue
      yield {
        message: `Table ${showName([table.schema, table.name])} has no primary key.`,
        help: 'Declare one, over what tells its rows apart or over an identity column.',
        file: table.file,
        span: table.span,
      }
    }
  },
}

/** The key of a partition is its parent's, and LIKE may bring that of another table. */
function needsKey({ kind, isNew, temporary, partitionOf, file, span }: KnownRelation): boolean {
  return (
    kind === 'table' &&
    isNew &&
    !temporary &&
    partitionOf === undefined &&
    !/\bincluding\s+(all|indexes)\b/i.test(file.text.slice(span.start, span.end))
  )
}
