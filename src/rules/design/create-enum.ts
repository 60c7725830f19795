import { showName } from '../../sql/relation-name.js'
import { stringsOf, treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const createEnum: Rule = {
  id: 'create-enum',
  group: 'design',
  title: '`CREATE TYPE … AS ENUM`',
  why: 'Values of an enum can be added and renamed, never removed, and a value that was added can not be used before its transaction has ended. To lose one takes a new type and a rewrite of every table that uses it.',
  instead:
    'Use a table of values and a foreign key, or `text` with a CHECK that can be replaced with NOT VALID and VALIDATE CONSTRAINT.',
  levels: everywhere('off'),
  examples: {
    bad: ["create type status as enum ('active', 'inactive');"],
    good: ['create table status (name text primary key);'],
  },
  *check(statement) {
    const tree = treeAs(statement, 'CreateEnumStmt')
    if (!tree) return
    yield {
      message: `Type ${showName(stringsOf(tree.typeName))} is an enum, whose values can be added but never removed.`,
      help: 'Use a table of values with a foreign key to it, or text with a CHECK.',
    }
  },
}
