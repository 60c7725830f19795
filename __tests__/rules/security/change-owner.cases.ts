import { describeRule } from '../describe-rule.js'

describeRule('change-owner', {
  bad: [
    {
      sql: 'alter table shop.orders ⟦owner to app⟧;',
      message: 'shop.orders belongs to app from now on, and no longer to who owned it before.',
      severity: 'error',
    },
    {
      sql: '⟦alter schema billing owner to app⟧; ⟦alter function f(int) owner to app⟧; alter view v ⟦owner to app⟧;',
    },
    {
      sql: '⟦reassign owned by a, b to c⟧;',
      message:
        'Everything of a and b in this database belongs to c from now on, and no longer to who owned it before.',
    },
  ],
  good: [
    'create table orders (id int); alter table orders owner to app;',
    'create schema billing; alter schema billing owner to app;',
    'create function f() returns int language sql as $$ select 1 $$; alter function f() owner to app;',
    { sql: 'alter type mood owner to app;', before: [], class: 'development', on: [] },
  ],
})
