import { describeRule } from '../describe-rule.js'

describeRule('detach-partition-not-concurrent', {
  bad: [
    {
      sql: '⟦alter table t detach partition p⟧;',
      message: 'Detaching p stops all reads and writes of t while it waits and until the transaction ends.',
      fixed: 'alter table t detach partition p concurrently;',
    },
    {
      sql: '⟦ALTER TABLE app.t DETACH PARTITION app.p⟧;',
      fixed: 'ALTER TABLE app.t DETACH PARTITION app.p CONCURRENTLY;',
    },
    {
      sql: 'alter table u add column a int;\n⟦alter table t detach partition p⟧;\n',
      fixed: 'alter table u add column a int;\n',
      next: 'alter table t detach partition p concurrently;',
    },
  ],
  good: [
    'alter table t detach partition p concurrently;',
    'alter table t detach partition p finalize;',
    { sql: 'alter table t detach partition p;', postgres: 13 },
    'create table t (a int) partition by range (a); alter table t detach partition p;',
  ],
})
