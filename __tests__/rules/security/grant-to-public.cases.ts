import { describeRule } from '../describe-rule.js'

describeRule('grant-to-public', {
  bad: [
    {
      sql: '⟦grant select, insert on shop.orders, b to public, app⟧;',
      message: 'PUBLIC gets SELECT and INSERT on shop.orders and b.',
      severity: 'error',
    },
    {
      sql: '⟦grant all on orders to anon, authenticated⟧;',
      message: 'anon and authenticated get all privileges on orders.',
    },
    { sql: '⟦grant update (a) on orders to authenticated⟧;' },
    { sql: '⟦grant select on orders to anon⟧;', severity: 'error' },
    {
      sql: 'create table orders (id int); alter table orders enable row level security; ⟦grant select on orders to anon⟧;',
      severity: 'warning',
    },
    {
      sql: '⟦grant select on orders to anon⟧; alter table orders enable row level security;',
      severity: 'warning',
    },
    {
      sql: '⟦grant select on orders to public⟧; alter table orders enable row level security;',
      severity: 'error',
    },
    {
      sql: '⟦grant all on all tables in schema public to anon⟧;',
      message: 'anon gets all privileges on all tables in public.',
    },
    {
      sql: '⟦grant create on schema public to public⟧;',
      message: 'PUBLIC gets CREATE on the schema public.',
    },
    {
      sql: '⟦grant admin to anon⟧;',
      message: 'anon becomes a member of admin and may do whatever that role may.',
    },
    {
      sql: '⟦grant execute on function purge() to anon⟧;',
      before: 'create function purge() returns int language sql security definer as $$ select 1 $$;',
    },
    { sql: '⟦grant select on orders to public⟧;', class: 'development', severity: 'warning' },
  ],
  good: [
    'grant select on orders to authenticated;',
    'grant select, insert on orders to app;',
    'grant usage on schema public to anon, authenticated;',
    'grant execute on function f() to anon;',
    'grant usage on all sequences in schema public to anon;',
    'revoke all on orders from public, anon;',
    'grant app to deploy;',
  ],
})
