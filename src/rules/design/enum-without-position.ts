import type { AlterEnumStmt } from '@pgsql/types'
import type { Fix } from '../../model/finding.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { showName } from '../../sql/relation-name.js'
import { stringsOf, treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Context, Rule, Seen } from '../rule.js'

export const enumWithoutPosition: Rule = {
  id: 'enum-without-position',
  group: 'design',
  title: '`ALTER TYPE … ADD VALUE` without a position',
  why: 'The value is put last, and `ORDER BY`, `<` and `max()` follow that order. Where migrations reached two databases in another order, their enums sort differently, and no command moves a value.',
  instead: "Say where it belongs:\n\n```sql\nalter type status add value 'paused' after 'active';\n```",
  levels: everywhere('off'),
  examples: {
    bad: ["alter type status add value 'paused';"],
    good: [
      "alter type status add value 'paused' after 'active';",
      "alter type status rename value 'paused' to 'on_hold';",
    ],
  },
  *check(statement, context) {
    const tree = treeAs(statement, 'AlterEnumStmt')
    if (tree?.newVal === undefined || tree.oldVal !== undefined || tree.newValNeighbor !== undefined) return
    const fix = fixOf(tree, statement, context)
    yield {
      message: `The place of ${quoteLiteral(tree.newVal).trim()} among the values of ${showName(stringsOf(tree.typeName))} is not said.`,
      help: "Add BEFORE or AFTER and the value that it belongs beside: AFTER 'existing_value'.",
      ...(fix ? { fix } : {}),
    }
  },
}

/** After the last value is where it goes anyway. */
function fixOf({ typeName }: AlterEnumStmt, { span }: Seen, { known }: Context): Fix | undefined {
  const last = known.type(stringsOf(typeName))?.values.at(-1)
  if (last === undefined) return undefined
  const edit = { span: { start: span.end, end: span.end }, text: ` after ${quoteLiteral(last).trim()}` }
  return { title: 'Say that it comes last', edits: [edit] }
}
