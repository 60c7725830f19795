import { describeRule } from '../describe-rule.js'

const TRIGGER = 'for each row execute function f()'

describeRule('create-trigger-on-existing-table', {
  bad: [
    {
      sql: `⟦create trigger g before update on t ${TRIGGER}⟧;`,
      message: 'Trigger g stops writes to t while it waits and until the transaction ends.',
      severity: 'notice',
    },
    { sql: `⟦create or replace trigger g after insert on app.t ${TRIGGER}⟧;` },
    { sql: `⟦create constraint trigger g after insert on t ${TRIGGER}⟧;` },
  ],
  good: [
    `create table t (a int); create trigger g before update on t ${TRIGGER};`,
    `create trigger g instead of update on v ${TRIGGER};`,
    'drop trigger g on t;',
  ],
})
