import { describeRule } from '../describe-rule.js'

describeRule('add-primary-key', {
  bad: [
    {
      sql: 'alter table orders ⟦add constraint pk primary key (id)⟧;',
      message:
        'Making id the primary key of orders builds an index while nobody can read or write the table.',
      help: 'Make id NOT NULL first',
      severity: 'warning',
    },
    {
      before: 'create table orders (id int not null, b int not null);',
      sql: 'alter table orders ⟦add primary key (id, b)⟧;',
      message:
        'Making id and b the primary key of orders builds an index while nobody can read or write the table.',
      fixed:
        'create unique index concurrently orders_pkey on orders (id, b);\nalter table orders add constraint orders_pkey primary key using index orders_pkey;',
    },
    {
      sql: 'alter table orders ⟦add column id serial primary key⟧;',
      message:
        'Adding column id as the primary key of orders builds an index while nobody can read or write the table.',
    },
    {
      before: 'create table orders (id int, b int not null); create unique index i on orders (id, b);',
      sql: 'alter table orders ⟦add primary key using index i⟧;',
      message:
        'Making the primary key of orders searches id for NULL while nobody can read or write the table.',
    },
  ],
  good: [
    'alter table orders add constraint pk primary key using index i;',
    {
      before: 'create table orders (id int not null); create unique index i on orders (id);',
      sql: 'alter table orders add primary key using index i;',
    },
    {
      before: 'create table orders (id int, check (id is not null)); create unique index i on orders (id);',
      sql: 'alter table orders add primary key using index i;',
    },
    'create table orders (id int primary key);',
    'create table orders (id int); alter table orders add primary key (id);',
  ],
})
