import { describeRule } from '../describe-rule.js'

describeRule('drop-trigger', {
  bad: [
    {
      sql: '⟦drop trigger if exists audit on shop.orders⟧;',
      message: 'The trigger audit of shop.orders goes, and what it did is no longer done.',
      severity: 'warning',
    },
    {
      sql: 'create trigger audit after insert on orders execute function f(); ⟦drop trigger audit on orders⟧;',
    },
  ],
  good: [
    'drop trigger audit on orders; create trigger audit after insert on public.orders execute function f();',
    'create table orders (id int); drop trigger audit on orders;',
    'drop event trigger e;',
  ],
})
