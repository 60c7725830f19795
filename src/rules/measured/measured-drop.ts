import type { Rule } from '../rule.js'

export const measuredDrop: Rule = {
  id: 'measured-drop',
  group: 'measured',
  title: 'A statement with which other things went, when it was rehearsed, and whose text does not say so',
  why: 'What hangs on a thing goes with it where CASCADE says so, and the text names neither: the CASCADE stands in a function or in a text that `EXECUTE` runs. A view, a foreign key or a column is gone then, and what uses it fails.',
  instead: 'Drop each of them by name, in the file, so that the review shows what goes.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ["do $$ begin execute format('drop table %I cascade', current_setting('app.table')); end $$;"],
    good: ['drop view recent_orders; drop table orders;'],
  },
}
