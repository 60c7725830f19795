/**
 * So many migrations as a team writes them in a year or two, always the same: tables, columns, indexes, constraints,
 * functions, policies and rows, some on tables of before. One in twenty drops a column that others may read.
 */
export function reviewFiles(count) {
  return Array.from({ length: count }, (_, index) => shapes[index % shapes.length](index + 1))
}

const shapes = [
  (n) => `-- Orders of shop ${n}
create table shop_${n}_orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null,
  state text not null default 'open',
  total numeric(12, 2) not null check (total >= 0),
  placed_at timestamptz not null default now()
);

create index shop_${n}_orders_customer on shop_${n}_orders (customer_id);
comment on table shop_${n}_orders is 'One row for each order, open or not.';
`,
  (n) => `alter table shop_${n - 1}_orders add column note text;
alter table shop_${n - 1}_orders add column channel varchar(40) default 'web';
`,
  (n) => `-- devflow:no-transaction
create index concurrently if not exists orders_${n}_state on shop_${n - 2}_orders (state) where state <> 'done';
`,
  (n) => `create type shop_${n}_channel as enum ('web', 'store', 'phone');

create table shop_${n}_payments (
  id uuid primary key default gen_random_uuid(),
  order_id bigint not null references shop_${n - 3}_orders (id),
  channel shop_${n}_channel not null default 'web',
  cents integer not null,
  meta jsonb
);
`,
  (n) => `create or replace function shop_${n}_touch() returns trigger language plpgsql as $$
begin
  if new.total <> old.total then
    insert into audit_log (table_name, row_id, changed_at) values (tg_table_name, new.id, now());
  end if;
  new.changed_at := now();
  return new;
end;
$$;

create trigger touch before update on shop_${n - 4}_orders for each row execute function shop_${n}_touch();
`,
  (n) => `alter table shop_${n - 5}_orders enable row level security;
create policy own_orders on shop_${n - 5}_orders for select using (customer_id = current_setting('app.customer')::bigint);
grant select on shop_${n - 5}_orders to app_reader;
`,
  (
    n,
  ) => `update shop_${n - 6}_orders set channel = 'store' where channel is null and placed_at < '2024-01-01';
alter table shop_${n - 6}_orders alter column channel set not null;
`,
  (n) => `alter table shop_${n - 7}_orders add constraint total_positive check (total > 0) not valid;
alter table shop_${n - 7}_orders validate constraint total_positive;
`,
  (n) => `create view shop_${n}_open as
select o.id, o.customer_id, o.total, count(p.id) as payments
from shop_${n - 8}_orders o
left join shop_${n - 5}_payments p on p.order_id = o.id
where o.state = 'open'
group by o.id, o.customer_id, o.total;
`,
  (n) => `insert into settings (shop, name, value) values
${Array.from({ length: 20 }, (_, row) => `  (${n}, 'setting_${row}', 'value ${row}')`).join(',\n')};
`,
  ...Array.from(
    { length: 9 },
    (_, k) => (n) =>
      `alter table shop_${n - 10 - k}_orders add column extra_${k} text;
create table shop_${n}_lines (
  order_id bigint not null,
  line int not null,
  product text not null,
  amount int not null default 1,
  primary key (order_id, line)
);
`,
  ),
  (n) => `alter table legacy_${n} drop column note;
`,
]
