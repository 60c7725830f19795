import { describeRule } from '../describe-rule.js'

describeRule('add-column-inline-foreign-key', {
  bad: [
    {
      sql: 'alter table orders ⟦add column region_id bigint references app.regions (id)⟧;',
      message:
        'Adding column region_id to orders with a foreign key stops writes to app.regions too, until the transaction ends.',
      severity: 'notice',
    },
    {
      sql: 'alter table orders ⟦add region_id bigint default 1 references regions (id) on delete cascade⟧;',
      message:
        'Adding column region_id to orders with a default and a foreign key looks every row up in regions while nobody can read or write orders.',
      fixed:
        'alter table orders add region_id bigint default 1, add constraint orders_region_id_fkey foreign key (region_id) references regions (id) on delete cascade not valid;',
      next: 'alter table orders validate constraint orders_region_id_fkey;',
    },
    {
      sql: 'ALTER TABLE orders ⟦ADD "order" bigint CONSTRAINT f REFERENCES regions DEFERRABLE INITIALLY DEFERRED NOT NULL DEFAULT 1⟧;',
      fixed:
        'ALTER TABLE orders ADD "order" bigint NOT NULL DEFAULT 1, ADD CONSTRAINT f FOREIGN KEY ("order") REFERENCES regions DEFERRABLE INITIALLY DEFERRED NOT VALID;',
      next: 'ALTER TABLE orders VALIDATE CONSTRAINT f;',
    },
  ],
  good: [
    'create table orders (region_id bigint references regions);',
    'create table orders (); alter table orders add region_id bigint default 1 references regions;',
    'alter table orders add region_id bigint;',
    { postgres: 18, sql: 'alter table orders add region_id bigint references regions not enforced;' },
  ],
})
