import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { dropped } from './dropped.js'

export const dropTable: Rule = {
  id: 'drop-table',
  group: 'destructive',
  title: 'DROP TABLE',
  why: 'The rows are gone for good, with indexes, triggers, policies and grants; its partitions go with it. The statement itself takes a millisecond (and ACCESS EXCLUSIVE), and every query that still names the table fails after it.',
  instead: `Stop reading and writing it in a release of its own. Rename it first, so that what still needs it shows up while it can be undone:

\`\`\`sql
alter table orders rename to orders_to_be_dropped;
\`\`\`

Drop it some releases later, after a backup.`,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['drop table orders;', 'drop table if exists orders; create table orders (id bigint primary key);'],
    good: ['create table scratch (id int); drop table scratch;', 'drop view recent_orders;'],
  },
  *check(statement, { known }) {
    const drop = dropped(statement)
    if (drop?.type !== 'OBJECT_TABLE') return
    const lost = drop.names.filter(
      (parts) => !known.isNew(parts) && !known.named(parts)?.temporary && parts.at(-2) !== 'pg_temp',
    )
    if (lost.length === 0) return
    const names = showList(lost.map(showName))
    yield {
      message:
        lost.length === 1
          ? `DROP TABLE deletes ${names} and all its rows.`
          : `DROP TABLE deletes ${names} and all their rows.`,
      help: 'Make sure that no release in use reads or writes it and that there is a backup.',
    }
  },
}
