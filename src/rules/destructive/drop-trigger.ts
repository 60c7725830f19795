import { showName } from '../../sql/relation-name.js'
import { isMadeAgain, keyIn } from '../is-made-again.js'
import type { Rule } from '../rule.js'
import { dropped } from './dropped.js'
import { isNewObject } from './is-new-object.js'

export const dropTrigger: Rule = {
  id: 'drop-trigger',
  group: 'destructive',
  title: 'DROP TRIGGER without a new one of that name',
  why: 'What the trigger kept up (audit rows, counters, `updated_at`, checks across tables) silently stops, and rows changed meanwhile have to be found and mended by hand. The statement takes ACCESS EXCLUSIVE on the table for a moment.',
  instead: `To change a trigger, replace it in one file (\`CREATE OR REPLACE TRIGGER\`, or drop and create):

\`\`\`sql
drop trigger if exists touch on orders;
create trigger touch before update on orders for each row execute function touch();
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'warn' },
  examples: {
    bad: ['drop trigger audit on orders;'],
    good: [
      'drop trigger if exists audit on orders; create trigger audit after insert on orders for each row execute function audit();',
    ],
  },
  *check(statement, context) {
    const drop = dropped(statement)
    if (drop?.type !== 'OBJECT_TRIGGER') return
    for (const parts of drop.names) {
      if (isNewObject(context.known, drop.type, parts)) continue
      const table = parts.slice(0, -1)
      if (isMadeAgain(context, `trigger:${keyIn(table, parts.at(-1))}`)) continue
      yield {
        message: `The trigger ${showName(parts.slice(-1))} of ${showName(table)} goes, and what it did is no longer done.`,
        help: 'Make sure that something else does it now, or create the new trigger of that name in the same file.',
      }
    }
  },
}
