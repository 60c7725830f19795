import { showName } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import type { Rule } from '../rule.js'

export const dropDatabase: Rule = {
  id: 'drop-database',
  group: 'destructive',
  title: 'DROP DATABASE, or a database renamed',
  why: 'All schemas, tables and rows go at once, and nothing but a backup brings them back. A renamed database is gone for everyone whose URL has the old name.',
  instead:
    'Never from a migration. Drop or rename a database by hand, connected to another one, after a backup and after every client has been moved.',
  levels: { development: 'block', staging: 'block', production: 'never' },
  examples: {
    bad: ['drop database shop;', 'alter database shop rename to old_shop;'],
    good: ['alter database shop set timezone to utc;'],
  },
  *check(statement) {
    const name = treeAs(statement, 'DropdbStmt')?.dbname
    if (name !== undefined) {
      yield {
        message: `DROP DATABASE ${showName([name])} deletes the database with all that is in it.`,
        help: 'Take it out of the migration; drop a database by hand, after a backup.',
      }
    }
    const renamed = treeAs(statement, 'RenameStmt')
    if (renamed?.renameType === 'OBJECT_DATABASE') {
      yield {
        message: `The database ${showName([renamed.subname ?? ''])} gets another name, and every URL with the old one stops working.`,
        help: 'Take it out of the migration; rename a database by hand while nobody is connected.',
      }
    }
  },
}
