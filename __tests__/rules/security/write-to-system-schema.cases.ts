import { describeRule } from '../describe-rule.js'

describeRule('write-to-system-schema', {
  bad: [
    {
      sql: "⟦delete from pg_catalog.pg_enum where enumlabel = 'a'⟧;",
      message: 'DELETE changes pg_catalog.pg_enum, which belongs to PostgreSQL itself.',
      severity: 'error',
    },
    { sql: '⟦update pg_attribute set atttypmod = 104 where attrelid = 1⟧;' },
    { sql: '⟦create or replace function pg_catalog.f() returns int language sql as $$ select 1 $$⟧;' },
    { sql: '⟦alter table t set schema information_schema⟧;' },
  ],
  good: [
    'select * from pg_class;',
    'insert into t select * from pg_catalog.pg_class;',
    'create table pg_enum (a int); insert into pg_enum values (1);',
    'comment on table t is null;',
  ],
})
