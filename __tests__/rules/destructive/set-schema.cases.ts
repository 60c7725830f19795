import { describeRule } from '../describe-rule.js'

describeRule('set-schema', {
  bad: [
    {
      sql: '⟦alter table orders set schema billing⟧;',
      message: 'orders moves to the schema billing, and what names it with the old one fails.',
      help: 'CREATE VIEW orders AS SELECT * FROM billing.orders;',
      severity: 'warning',
    },
    {
      sql: '⟦alter function a.total(int) set schema b⟧; ⟦alter type mood set schema b⟧; ⟦alter extension hstore set schema b⟧;',
    },
  ],
  good: [
    'alter table orders set schema billing; create view orders as select * from billing.orders;',
    'create table orders (id int); alter table orders set schema billing;',
    'create type mood as enum (); alter type mood set schema b;',
  ],
})
