import { showName } from '../../sql/relation-name.js'
import { stringsOf, treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const renameEnumValue: Rule = {
  id: 'rename-enum-value',
  group: 'destructive',
  title: 'ALTER TYPE … RENAME VALUE',
  why: 'A release still running that compares with the old value or writes it gets an error (22P02) at once, and what it reads is a value that it does not know.',
  instead:
    'Add the new value (`ALTER TYPE … ADD VALUE`), deploy code that knows both, move the rows over in batches, and leave the old value unused: it can not be dropped.',
  levels: { development: 'off', staging: 'warn', production: 'warn' },
  examples: {
    bad: ["alter type mood rename value 'sad' to 'blue';"],
    good: [
      "alter type mood add value 'blue';",
      "create type mood as enum ('sad'); alter type mood rename value 'sad' to 'blue';",
    ],
  },
  *check(statement, { known }) {
    const { typeName, oldVal, newVal = '' } = treeAs(statement, 'AlterEnumStmt') ?? {}
    if (oldVal === undefined) return
    const parts = stringsOf(typeName)
    if (known.type(parts)?.isNew) return
    yield {
      message: `The value '${oldVal}' of the enum ${showName(parts)} becomes '${newVal}', and code that has the old one fails.`,
      help: `Add '${newVal}' as a value of its own, move code and rows over, and leave '${oldVal}' unused.`,
    }
  },
}
