import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { type NamedColumn, namedColumns } from './named-columns.js'

export const duplicateColumnAssignment: Rule = {
  id: 'duplicate-column-assignment',
  group: 'design',
  title: 'A column given twice',
  why: 'PostgreSQL refuses a statement that sets, inserts or defines a column more than once, and the migration fails where it is applied.',
  instead: 'Keep the one that is meant.',
  levels: everywhere('warn'),
  examples: {
    bad: ['update k set a = 1, a = 2;', 'create table t (a int, a text);', 'create view v as select 1, 2;'],
    good: ['update k set a = 1, b = 2;', 'update k set a[1] = 1, a[2] = 2;'],
  },
  *check(statement, context) {
    for (const { verb, columns } of namedColumns(statement, context.file.file.text)) {
      for (const [name, given] of duplicates(columns)) {
        for (const { span } of given) {
          yield {
            message: `Column ${showName([name])} is ${verb} ${given.length} times.`,
            help: `Keep the one that is meant; PostgreSQL refuses the statement.`,
            span,
          }
        }
      }
    }
  },
}

function duplicates(columns: readonly NamedColumn[]): [string, NamedColumn[]][] {
  const byName = new Map<string, NamedColumn[]>()
  for (const column of columns) byName.set(column.name, [...(byName.get(column.name) ?? []), column])
  return [...byName].filter(([, given]) => given.length > 1)
}
