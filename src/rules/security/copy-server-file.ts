import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const copyServerFile: Rule = {
  id: 'copy-server-file',
  group: 'security',
  title: 'COPY from or to a file of the server',
  why: "The path is one on the server's machine, read or overwritten with the rights of PostgreSQL, its own configuration included. On another server the file is another one or none; managed servers refuse it.",
  instead:
    'Move the data through the client: `COPY … FROM STDIN`, `COPY … TO STDOUT`. Rows that belong to the schema go into the migration as `INSERT`.',
  levels: { development: 'block', staging: 'block', production: 'never' },
  inFunctions: true,
  examples: {
    bad: ["copy orders from '/tmp/orders.csv';", "copy (select 1) to '/tmp/one';"],
    good: ['copy orders to stdout;'],
  },
  *check(statement) {
    const copy = treeAs(statement, 'CopyStmt')
    if (copy?.filename === undefined || copy.is_program) return
    yield {
      message: `COPY ${copy.is_from ? 'reads' : 'overwrites'} a file on the server's machine: ${copy.filename}.`,
      help: 'Use COPY … FROM STDIN or COPY … TO STDOUT and keep the file where the client is.',
    }
  },
}
