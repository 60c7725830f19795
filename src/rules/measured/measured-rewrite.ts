import type { Rule } from '../rule.js'
import { MEASURED_LEVELS } from './measured-levels.js'

export const measuredRewrite: Rule = {
  id: 'measured-rewrite',
  group: 'measured',
  title: 'A statement that rewrote a table, when it was rehearsed, and whose text does not say so',
  why: 'The table and its indexes are written anew under ACCESS EXCLUSIVE, which stops reads too, for as long as that takes. It happens in what is not read before it runs: a text that `EXECUTE` runs, a function, a procedure, an extension.',
  instead:
    'Find the command that does it, and write it in the form that its own rule names: `create-index-not-concurrent`, `change-column-type` and the others about locks. SQL that stands in the file, and not in a text that is put together, is judged before anything runs.',
  levels: MEASURED_LEVELS,
  examples: {
    bad: [
      "do $$ begin execute format('alter table %I add column token uuid default gen_random_uuid()', current_setting('app.table')); end $$;",
    ],
    good: ['do $$ begin alter table orders add column token uuid; end $$;'],
  },
}
