import { showName } from '../../sql/relation-name.js'
import type { KnownIndex, KnownRelation } from '../known/known.js'
import type { Rule } from '../rule.js'

export const duplicateIndex: Rule = {
  id: 'duplicate-index',
  group: 'design',
  title: 'An index that another one makes useless',
  why: 'Each write keeps both up to date and both take disk and cache, while queries use one. The index of a primary key or a unique constraint counts too.',
  instead: 'Keep one of them. A unique one does all that a plain one does.',
  levels: { development: 'off', staging: 'notice', production: 'notice' },
  examples: {
    bad: [
      'create table t (id bigint primary key); create index t_id on t (id);',
      'create table t (a int); create index one on t (a); create index two on t (a);',
    ],
    good: [
      'create table t (a int); create index one on t (a); create index two on t (a) where a > 0;',
      {
        sql: [
          'create table t (a int); create index one on t (a);',
          'create index two on t (a); drop index one;',
        ],
      },
    ],
  },
  *conclude({ known }) {
    for (const table of known.relations.values()) {
      for (const [index, other] of useless(table)) {
        yield {
          message: `${capital(nameOf(index))} on ${showName([table.schema, table.name])} does what ${nameOf(other)} does already.`,
          help: 'Leave it out, or drop the other one.',
          file: index.made.file,
          span: index.made.span,
        }
      }
    }
  },
}

/** New indexes, each with another that does the same or more; of two that do the same the later. */
function* useless({ indexes }: KnownRelation): Generator<[index: KnownIndex, other: KnownIndex]> {
  if (indexes.length < 2) return
  for (const group of alike(indexes)) {
    for (const [at, index] of group.entries()) {
      if (!index.made.isNew || index.definition === undefined) continue
      const other = group.find((each, place) => place !== at && covers(each, index, place < at))
      if (other) yield [index, other]
    }
  }
}

/** Indexes over the same, unique or not. */
function alike(indexes: readonly KnownIndex[]): Iterable<readonly KnownIndex[]> {
  const groups = new Map<string, KnownIndex[]>()
  for (const index of indexes) {
    const shape = shapeOf(index)
    groups.set(shape, [...(groups.get(shape) ?? []), index])
  }
  return groups.values()
}

function shapeOf({ method, columns, definition }: KnownIndex): string {
  const { indexParams, indexIncludingParams, whereClause } = definition ?? {
    indexParams: columns.map((name) => ({ IndexElem: { name, ...USUAL } })),
  }
  return JSON.stringify([method, indexParams, indexIncludingParams, whereClause], (key, value: unknown) =>
    key === 'location' ? undefined : value,
  )
}

/** As the parser says it of an index of which nothing is said. */
const USUAL = { ordering: 'SORTBY_DEFAULT', nulls_ordering: 'SORTBY_NULLS_DEFAULT' }

/** With IF NOT EXISTS a name given twice is one index. */
function covers(other: KnownIndex, index: KnownIndex, isEarlier: boolean): boolean {
  if (other.name !== undefined && other.name === index.name) return false
  if (!index.unique) return other.unique || isEarlier
  const areSame = other.definition?.nulls_not_distinct === index.definition?.nulls_not_distinct
  return other.unique && areSame && isEarlier
}

function nameOf({ name, definition }: KnownIndex): string {
  if (definition === undefined) return 'its primary key or unique constraint'
  return name === undefined ? 'an index without a name' : `index ${showName([name])}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
