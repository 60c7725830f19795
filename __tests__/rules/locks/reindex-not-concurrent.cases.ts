import { describeRule } from '../describe-rule.js'

describeRule('reindex-not-concurrent', {
  bad: [
    {
      sql: '⟦reindex table t⟧;',
      message: 'REINDEX TABLE t stops writes, and queries that use the indexes, while they are built again.',
      fixed: 'reindex table concurrently t;',
    },
    { sql: '⟦REINDEX (VERBOSE) INDEX app.i⟧;', fixed: 'REINDEX (VERBOSE) INDEX CONCURRENTLY app.i;' },
    { sql: '⟦reindex database shop⟧;', fixed: 'reindex database concurrently shop;' },
    { sql: '⟦reindex schema app⟧;', fixed: 'reindex schema concurrently app;' },
    { sql: "⟦reindex (concurrently 'false') index i⟧;" },
    { sql: '⟦reindex (concurrently 0) index i⟧;' },
    { sql: '⟦reindex (concurrently, concurrently off) index i⟧;' },
    { sql: '⟦reindex system shop⟧;', help: /while nobody works/ },
    {
      sql: 'alter table t add column a int;\n⟦reindex table t⟧;\n',
      fixed: 'alter table t add column a int;\n',
      next: 'reindex table concurrently t;',
    },
  ],
  good: [
    'reindex table concurrently t;',
    'reindex (concurrently) index i;',
    "reindex (concurrently 'true') index i;",
    'reindex (concurrently on) index i;',
    'create table t (a int primary key); reindex table t;',
    'create table t (a int); create index i on t (a); reindex index i;',
    'create schema app; reindex schema app;',
  ],
})
