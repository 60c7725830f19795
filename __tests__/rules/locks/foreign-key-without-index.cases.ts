import { describeRule } from '../describe-rule.js'

describeRule('foreign-key-without-index', {
  bad: [
    {
      sql: 'create table é (id int, customer_id int ⟦references customers (id)⟧, b int);',
      message: 'No index begins with customer_id of "é", so each DELETE from customers reads all of it.',
      next: 'create index concurrently "é_customer_id_idx" on "é" (customer_id);',
      severity: 'warning',
    },
    {
      sql: 'create table app.a (b int, c int, ⟦constraint f foreign key (b, c) references app.d⟧); create index on app.a (b);',
      message: 'No index begins with b and c of app.a, so each DELETE from app.d reads all of it.',
      next: 'create index concurrently a_b_c_idx on app.a (b, c);',
    },
    {
      before: 'create table a (b int);',
      sql: 'alter table a add ⟦constraint f foreign key (b) references c not valid⟧;',
    },
    {
      sql: 'create table a (b int ⟦references c⟧); create index on a (b) where b > 0; create index on a (d, b);',
    },
    { sql: ['create table a (b int ⟦references c⟧);', 'create table d (e int ⟦references c⟧);'] },
  ],
  good: [
    'create table a (b int references c); create index on a (b);',
    ['create table a (b int references c);', 'create index concurrently on a (b, d);'],
    'create table a (b int primary key references c, d int unique references c);',
    'create table a (b int, c int, foreign key (b, c) references d, unique (c, b, e));',
    'create table a (b int references c); alter table a drop constraint a_b_fkey;',
    'create table a (b int references c); drop table a;',
    'create temp table a (b int references c);',
    { before: 'create table a (b int references c);', sql: 'alter table a add d int;' },
    'create table p (b int) partition by range (b); create index on p (b); create table p1 partition of p (foreign key (b) references c) default;',
  ],
})
