import type { Rule } from '../rule.js'
import { MEASURED_LEVELS } from './measured-levels.js'

export const measuredScan: Rule = {
  id: 'measured-scan',
  group: 'measured',
  title:
    'A statement that read a whole table under a lock that stops others, when it was rehearsed, and whose text does not say so',
  why: 'Nobody can write to the table, or even read it, for as long as all of it is read. It happens in what is not read before it runs: a text that `EXECUTE` runs, a function, a procedure, an extension; and where the table is other than the files tell.',
  instead:
    'Find the command that does it, and write it in the form that its own rule names: `create-index-not-concurrent`, `change-column-type` and the others about locks.',
  levels: MEASURED_LEVELS,
  examples: {
    bad: [
      "do $$ begin execute format('alter table %I add check (total > 0)', current_setting('app.table')); end $$;",
    ],
    good: ['alter table orders add constraint orders_total check (total > 0) not valid;'],
  },
}
