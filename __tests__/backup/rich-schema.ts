/**
 * A database with something of every kind that a dump can lose: types, sequences, partitions, inheritance, rules of who may see what, definitions that need one another.
 *
 * @param role a name for a role that owns some of it, and one that is granted some
 */
export function richSchema(role: string, rows = 2_000): string {
  return `
create role ${role}_owner; create role ${role}_reader;
create schema app authorization ${role}_owner;
create extension citext schema app;
comment on extension citext is 'ours';
create type app.mood as enum ('sad', 'it''s ok', 'happy');
create type app.pair as (a int, b text);
create domain app.year as int check (value between 1900 and 2200);
create function app.half(n int) returns int language sql immutable as 'select n / 2';
create function app.touch() returns trigger language plpgsql as $$begin new.noted := 'é😀'; return new; end$$;
create table app.kinds (
  id bigint generated always as identity (increment by 3) primary key,
  i2 smallint, i4 int default 7, i8 bigint, n numeric(20, 6), f4 real, f8 double precision, m money,
  t text, v varchar(20), c char(5), ci app.citext, b bytea, bo boolean, bi bit(3), vb bit varying,
  d date, ti time, tz timetz, ts timestamp, tstz timestamptz, iv interval,
  u uuid, j json, jb jsonb, x xml, ip inet, ma macaddr, tv tsvector,
  p point, po polygon, r int4range, mr datemultirange, a int[], aa text[][], mo app.mood, pa app.pair, y app.year,
  twice int generated always as (i4 * 2) stored, noted text, "Odd ""name" text
);
insert into app.kinds (i2, i8, n, f4, f8, m, t, v, c, ci, b, bo, bi, vb, d, ti, tz, ts, tstz, iv, u, j, jb, x, ip, ma, tv, p, po, r, mr, a, aa, mo, pa, y, "Odd ""name")
  select -g, g * 10000000000::bigint, g / 7.0, g / 3.0, 1e300 / g, g, repeat(chr(64 + g % 60), g % 50), 'v' || g, 'c', 'CI' || g % 5,
    decode(md5(g::text), 'hex'), g % 2 = 0, b'101', b'1', date '1999-12-31' + g, time '01:02:03.004', '01:02+03', '2026-01-21 14:30:22.104512', '2026-01-21 14:30:22.104512+00', interval '1 mon 2 days 3.5 sec',
    md5(g::text)::uuid, '{"a" : 1}', '{"b": [1, null]}', '<a/>', '10.0.0.1/8', '08:00:2b:01:02:03', 'a:1 fat:2', '(1,2)', '((0,0),(1,1))',
    '[1,5)', '{[2020-01-01,2021-01-01)}', array[g, null], array[['a', E'tab\\t']], 'it''s ok', row(g, 'x')::app.pair, 2000, E'line\\nbreak'
  from generate_series(1, 50) g;
insert into app.kinds default values;
create trigger touch before insert on app.kinds for each row execute function app.touch();
create table public.books (id serial primary key, title text not null, n int, kind bigint references app.kinds);
insert into public.books (title, n, kind) select 'book ' || g, g, 1 from generate_series(1, ${rows}) g;
create index books_half on public.books (app.half(n)) where n > 3;
create table public.parts (id int, at date, primary key (id, at)) partition by range (at);
create table public.parts_a partition of public.parts for values from ('2020-01-01') to ('2021-01-01');
create table public.parts_b partition of public.parts default;
insert into public.parts select g, date '2020-12-01' + g from generate_series(1, 60) g;
create table app.parent (id int); create table app.child (own text) inherits (app.parent);
alter table app.parent add column later text default 'l';
insert into app.parent values (1); insert into app.child values (2, 'mine', 'x');
create table app."UPPER x" (); insert into app."UPPER x" default values; insert into app."UPPER x" default values;
create unlogged table app.fast (id int); insert into app.fast values (1);
create table public.doubled (t text); insert into public.doubled values ('same'), ('same'), (null);
create table app.secrets (id int, who text); insert into app.secrets values (1, 'a');
alter table app.secrets owner to ${role}_owner;
alter table app.secrets enable row level security; alter table app.secrets force row level security;
create policy own on app.secrets to ${role}_reader using (who = current_user);
grant select (id), insert on app.secrets to ${role}_reader; grant usage on schema app to ${role}_reader;
alter default privileges in schema app grant select on tables to ${role}_reader;
create view app.titles as select id, title from public.books; create materialized view app.counts as select count(*) from public.books;
create sequence app.down increment by -2 start 100 maxvalue 100; select nextval('app.down'), nextval('app.down');
create rule no_delete as on delete to public.doubled do instead nothing;
create statistics app.stats on n, title from public.books;
comment on column public.books.n is 'how many';
create publication tell for table public.books;
`
}

/** What SQL does not hold in one transaction, and what only a superuser makes. To be run after the rest. */
export const largeObjectsAndMore = `
select lo_from_bytea(0, decode(repeat('00ff10', 5000), 'hex')), lo_from_bytea(0, '');
create publication all_of_it for all tables;
create function app.on_ddl() returns event_trigger language plpgsql as 'begin end';
create event trigger watch on ddl_command_end execute function app.on_ddl();
`

/** What is left of it when its databases are dropped. */
export function dropRoles(role: string): string {
  return `drop role if exists ${role}_owner; drop role if exists ${role}_reader;`
}
