import { describe, expect, it } from '@jest/globals'
import { describeRule } from '../describe-rule.js'
import { lint } from '../lint.js'

describeRule('create-index-not-concurrent', {
  bad: [
    {
      sql: '⟦create index i on t (a)⟧;',
      message: 'Index i is built on t while nobody can write to it.',
      help: 'Write CREATE INDEX CONCURRENTLY.',
      fixed: 'create index concurrently i on t (a);',
    },
    {
      sql: '⟦CREATE UNIQUE INDEX "I 1" ON app.t (a)⟧;',
      fixed: 'CREATE UNIQUE INDEX CONCURRENTLY "I 1" ON app.t (a);',
    },
    { sql: '⟦create index on t (a)⟧;', message: 'An index is built on t while nobody can write to it.' },
    {
      sql: '⟦create index i on t (a)⟧;\n⟦create index j on t (b)⟧;',
      fixed: 'create index concurrently i on t (a);\ncreate index concurrently j on t (b);',
    },
    {
      sql: 'set statement_timeout = 0;\n⟦create index i on t (a)⟧;',
      fixed: 'set statement_timeout = 0;\ncreate index concurrently i on t (a);',
    },
    {
      sql: 'set local statement_timeout = 0;\n⟦create index i on t (a)⟧;',
      fixed: 'set local statement_timeout = 0;\n',
      next: 'create index concurrently i on t (a);',
    },
    {
      sql: 'alter table t add column a int;\n⟦create index i on t (a)⟧;\nalter table t add column b int;\n',
      fixed: 'alter table t add column a int;\nalter table t add column b int;\n',
      next: 'create index concurrently i on t (a);',
      help: /migration of its own/,
    },
    {
      sql: 'alter table t add column a int; ⟦create index i on t (a)⟧; select 1;',
      fixed: 'alter table t add column a int;  select 1;',
      next: 'create index concurrently i on t (a);',
    },
    {
      sql: 'begin;\n⟦create index i on t (a)⟧;\ncommit;',
      fixed: 'begin;\ncommit;',
      next: 'create index concurrently i on t (a);',
    },
    {
      sql: 'alter table t add column a int;\n⟦create index i on t (a)⟧;',
      transaction: 'none',
      fixed: 'alter table t add column a int;\ncreate index concurrently i on t (a);',
    },
    { sql: 'do $$ begin ⟦create index i on t (a)⟧; end $$;', help: /out of the DO block/ },
    {
      before:
        'create table t (a int) partition by range (a); create table p partition of t for values from (1) to (2);',
      sql: '⟦create index i on t (a)⟧;',
      help: /ON ONLY/,
    },
    { sql: ['create table u (a int);', '⟦create index i on t (a)⟧;'] },
    { sql: '⟦create index i on t (a)⟧;', severity: 'warning' },
  ],
  good: [
    'create index concurrently i on t (a);',
    ['create table t (a int);', 'create index i on t (a);'],
    'create materialized view v as select 1 as a; create index i on v (a);',
    'create temporary table t (a int); create index i on t (a);',
    'create index i on only t (a);',
    'create function f() returns void language plpgsql as $$ begin create index i on t (a); end $$;',
  ],
})

describe('the fix of create-index-not-concurrent', () => {
  it.each([
    [
      "alter table t add column a int; create index i on t (a); comment on index i is 'x';",
      'names the index',
    ],
    [
      'alter table t add column a int; create unique index i on t (a); insert into t select 1;',
      'writes rows',
    ],
    ['do $$ begin create index i on t (a); end $$;', 'is in a block'],
  ])('is not offered in %s: what follows %s', async (sql) => {
    const [finding] = (await lint(sql)).filter(({ rule }) => rule === 'create-index-not-concurrent')
    expect(finding).toBeDefined()
    expect(finding?.fix).toBeUndefined()
  })
})
