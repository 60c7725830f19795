import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const copyProgram: Rule = {
  id: 'copy-program',
  group: 'security',
  title: 'COPY … FROM or TO PROGRAM',
  why: "A shell on the server's machine runs the command as the user that PostgreSQL runs as, which owns every file of the database. What it did, no rollback undoes.",
  instead:
    'Run the program where the client is, and move the data through `COPY … FROM STDIN` or `COPY … TO STDOUT`.',
  levels: { development: 'block', staging: 'block', production: 'never' },
  inFunctions: true,
  examples: {
    bad: [
      "copy orders from program 'curl https://example.com/orders.csv';",
      "copy orders to program 'gzip > /tmp/o.gz';",
    ],
    good: ['copy orders to stdout;'],
  },
  *check(statement) {
    const copy = treeAs(statement, 'CopyStmt')
    if (!copy?.is_program) return
    yield {
      message: "COPY … PROGRAM runs a shell command on the server's machine.",
      help: 'Run the program at the client and use COPY … FROM STDIN or COPY … TO STDOUT.',
    }
  },
}
