import { describeRule } from '../describe-rule.js'

describeRule('add-unique-constraint', {
  bad: [
    {
      sql: 'alter table orders ⟦add constraint orders_number unique (number)⟧;',
      message: 'Making number unique in orders builds an index while nobody can read or write the table.',
      fixed:
        'create unique index concurrently orders_number on orders (number);\nalter table orders add constraint orders_number unique using index orders_number;',
      severity: 'warning',
    },
    {
      sql: 'ALTER TABLE app.orders ⟦ADD UNIQUE (a, "B")⟧;\nCREATE TABLE other (id int);\n',
      message:
        'Making a and "B" unique in app.orders builds an index while nobody can read or write the table.',
      fixed: 'CREATE TABLE other (id int);\n',
      next: 'CREATE UNIQUE INDEX CONCURRENTLY "orders_a_B_key" ON app.orders (a, "B");\nALTER TABLE app.orders ADD CONSTRAINT "orders_a_B_key" UNIQUE USING INDEX "orders_a_B_key";',
    },
    {
      sql: 'alter table orders ⟦add number text unique⟧;',
      message:
        'Adding the unique column number to orders builds an index while nobody can read or write the table.',
      fixed: 'alter table orders add number text;',
      next: 'create unique index concurrently orders_number_key on orders (number);\nalter table orders add constraint orders_number_key unique using index orders_number_key;',
    },
    { sql: 'alter table orders ⟦add number text constraint n unique not null default $$a$$⟧, add b int;' },
    { sql: 'alter table orders ⟦add unique (a) deferrable⟧, ⟦add unique nulls not distinct (b)⟧;' },
    { sql: 'do $$ begin alter table orders ⟦add unique (a)⟧; end $$;' },
  ],
  good: [
    'alter table orders add constraint u unique using index i;',
    'create table orders (a int unique, b int, unique (b));',
    'create table orders (a int); alter table orders add unique (a);',
    'alter table orders add a int;',
  ],
})
