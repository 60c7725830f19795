import type { AlterTableCmd } from '@pgsql/types'
import { alterCommands } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { isMadeAgain, keyIn } from '../is-made-again.js'
import { lowered } from '../lowered.js'
import type { Rule } from '../rule.js'

export const disableTrigger: Rule = {
  id: 'disable-trigger',
  group: 'security',
  title: 'DISABLE TRIGGER that the file does not enable again',
  why: 'Audit rows, checks and derived columns are no longer written, for everyone and in silence. `DISABLE TRIGGER ALL` turns foreign keys off too, and rows that get in meanwhile are never checked again.',
  instead: `Enable it again in the same file, so that the transaction does both:

\`\`\`sql
alter table orders disable trigger touch;
update orders set note = null where id between 1 and 1000;
alter table orders enable trigger touch;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  examples: {
    bad: ['alter table orders disable trigger all;', 'alter table orders disable trigger touch;'],
    good: ['alter table orders disable trigger touch; alter table orders enable trigger touch;'],
  },
  *check(statement, context) {
    for (const { relation, command, span } of alterCommands(statement, context.file.file)) {
      const which = disabled(command)
      if (which === undefined || isMadeAgain(context, `enabled-trigger:${keyIn(relation, which)}`)) continue
      if (isMadeAgain(context, `enabled-trigger:${keyIn(relation, '*')}`)) continue
      const what = NAMES.get(which) ?? `the trigger ${showName([which])}`
      yield {
        span,
        message: `This turns ${what} of ${showRelation(relation)} off for everyone, and the file does not turn it on again.`,
        help: 'Enable it again at the end of this file: ALTER TABLE … ENABLE TRIGGER.',
        ...(context.known.isNew(relation) ? { levels: lowered(disableTrigger.levels) } : {}),
      }
    }
    const event = treeAs(statement, 'AlterEventTrigStmt')
    const off = event?.tgenabled === 'D' || event?.tgenabled === 'R'
    if (event && off && !isMadeAgain(context, `enabled-event-trigger:${event.trigname}`)) {
      yield {
        message: `This turns the event trigger ${showName([event.trigname ?? ''])} off for everyone, and the file does not turn it on again.`,
        help: 'Enable it again at the end of this file: ALTER EVENT TRIGGER … ENABLE.',
      }
    }
  },
}

const NAMES = new Map([
  ['*', 'all triggers and foreign keys'],
  ['user', 'all triggers'],
])

/** ENABLE REPLICA TRIGGER makes it silent in every ordinary session. */
function disabled({ subtype, name }: AlterTableCmd): string | undefined {
  if (subtype === 'AT_DisableTrigAll') return '*'
  if (subtype === 'AT_DisableTrigUser') return 'user'
  return subtype === 'AT_DisableTrig' || subtype === 'AT_EnableReplicaTrig' ? name : undefined
}
