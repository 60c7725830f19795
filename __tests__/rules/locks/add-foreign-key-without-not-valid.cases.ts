import { describeRule } from '../describe-rule.js'

describeRule('add-foreign-key-without-not-valid', {
  bad: [
    {
      sql: 'alter table orders ⟦add constraint f foreign key (customer_id) references app.customers (id)⟧;',
      message:
        'Adding f to orders looks up every row in app.customers while nobody can write to either table.',
      fixed:
        'alter table orders add constraint f foreign key (customer_id) references app.customers (id) not valid;',
      next: 'alter table orders validate constraint f;',
      severity: 'warning',
    },
    {
      sql: 'ALTER TABLE orders ⟦ADD FOREIGN KEY (a, b) REFERENCES customers ON DELETE CASCADE⟧, ADD c int;',
      message:
        'Adding a foreign key to orders looks up every row in customers while nobody can write to either table.',
      fixed:
        'ALTER TABLE orders ADD CONSTRAINT orders_a_b_fkey FOREIGN KEY (a, b) REFERENCES customers ON DELETE CASCADE NOT VALID, ADD c int;',
      next: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_a_b_fkey;',
    },
    {
      sql: 'create table customers (id int primary key); alter table orders ⟦add constraint f foreign key (a) references customers⟧;',
    },
  ],
  good: [
    'alter table orders add constraint f foreign key (a) references customers not valid;',
    'create table orders (a int); alter table orders add foreign key (a) references customers;',
    'create table orders (a int references customers, foreign key (a) references customers);',
    { postgres: 18, sql: 'alter table orders add foreign key (a) references customers not enforced;' },
  ],
})
