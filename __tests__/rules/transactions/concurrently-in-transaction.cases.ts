import { describeRule } from '../describe-rule.js'

describeRule('concurrently-in-transaction', {
  bad: [
    {
      sql: 'begin;\n⟦create index concurrently i on t (a)⟧;\ncommit;\n',
      message: 'CREATE INDEX CONCURRENTLY can not run in a transaction.',
      help: 'Put it into a migration of its own, without BEGIN and COMMIT around it.',
      severity: 'error',
      fixed: 'create index concurrently i on t (a);\n',
    },
    {
      sql: 'begin;\n⟦create index concurrently i on t (a)⟧;\n⟦drop index concurrently j⟧;\ncommit;\n',
      fixed: 'create index concurrently i on t (a);\ndrop index concurrently j;\n',
    },
    { sql: 'start transaction; ⟦vacuum t⟧; commit;', message: 'VACUUM can not run in a transaction.' },
    { sql: 'begin; update t set a = 1; ⟦reindex table concurrently t⟧; commit;' },
    {
      sql: 'select 1; begin; ⟦alter table t detach partition p concurrently⟧; commit; vacuum t;',
      transaction: 'none',
    },
    { sql: 'begin; commit and chain; ⟦alter system set work_mem = 1⟧; commit;', transaction: 'none' },
    {
      sql: 'do $$ begin ⟦create index concurrently i on t (a)⟧; end $$;',
      message: 'CREATE INDEX CONCURRENTLY can not run in a DO block, which is always in a transaction.',
    },
    {
      sql: 'create function f() returns void language plpgsql as $$ begin ⟦drop index concurrently i⟧; end $$;',
      message:
        'DROP INDEX CONCURRENTLY can not run in a function or procedure, which is always in a transaction.',
    },
  ],
  good: [
    'create index concurrently i on t (a);',
    'create index concurrently i on t (a); alter table t add constraint c unique using index i;',
    'begin; refresh materialized view concurrently v; commit;',
    { sql: 'begin; select 1; commit; create index concurrently i on t (a);', transaction: 'none' },
    { sql: 'begin; select 1; rollback; vacuum t;', transaction: 'none' },
    'begin; create index i on t (a); commit;',
  ],
})
