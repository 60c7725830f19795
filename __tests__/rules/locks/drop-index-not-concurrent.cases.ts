import { describeRule } from '../describe-rule.js'

describeRule('drop-index-not-concurrent', {
  bad: [
    {
      sql: '⟦drop index i⟧;',
      message:
        'DROP INDEX i stops all reads and writes of the table while it waits and until the transaction ends.',
      fixed: 'drop index concurrently i;',
    },
    { sql: '⟦DROP INDEX IF EXISTS app.i⟧;', fixed: 'DROP INDEX CONCURRENTLY IF EXISTS app.i;' },
    { sql: '⟦drop index i, j⟧;', help: /one statement an index/ },
    { sql: '⟦drop index i cascade⟧;', help: /without CASCADE/ },
    {
      sql: 'alter table t add column a int;\n⟦drop index i⟧;\n',
      fixed: 'alter table t add column a int;\n',
      next: 'drop index concurrently i;',
    },
    { before: 'create table t (a int); create index i on t (a);', sql: '⟦drop index i⟧;' },
    {
      sql: 'create table u (a int); create index j on u (a); ⟦drop index i, j⟧;',
      message:
        'DROP INDEX i stops all reads and writes of the table while it waits and until the transaction ends.',
    },
  ],
  good: [
    'drop index concurrently i;',
    'create table t (a int); create index i on t (a); drop index i;',
    'drop table t;',
    'drop trigger i on t;',
  ],
})
