import { describeRule } from '../describe-rule.js'

const TABLE = 'create table p (k int);'

describeRule('attach-partition-without-check', {
  bad: [
    {
      sql: '⟦alter table t attach partition p for values from (1) to (100)⟧;',
      message: 'p is read as a whole, locked against all others, to be attached to t.',
      help: 'First add a CHECK to p that implies its bounds, NOT VALID, and validate it in a migration of its own.',
    },
    { before: TABLE, sql: '⟦alter table t attach partition p default⟧;' },
    {
      before: `${TABLE} alter table p add check (k >= 1 and k < 100);`,
      sql: '⟦alter table t attach partition p for values from (1) to (100)⟧;',
    },
    {
      before: `${TABLE} alter table p add constraint c check (k is not null and k >= 1 and k < 100) not valid;`,
      sql: '⟦alter table t attach partition p for values from (1) to (100)⟧;',
    },
    {
      before: `${TABLE} alter table p add check (k is not null and k >= 1 and k < 50);`,
      sql: '⟦alter table t attach partition p for values from (1) to (100)⟧;',
    },
    {
      sql: [
        'create table t (k int) partition by range (k);',
        '⟦alter table t attach partition p for values from (1) to (100)⟧;',
      ],
    },
  ],
  good: [
    'create table p (k int); alter table t attach partition p for values from (1) to (100);',
    'alter index i attach partition j;',
    {
      before: `${TABLE} alter table p add check (k is not null and k >= 1 and k < 100);`,
      sql: 'alter table t attach partition p for values from (1) to (100);',
    },
    {
      before: [
        'create table p (k int not null); alter table p add constraint c check (k >= 1 and k < 100) not valid;',
        'alter table p validate constraint c;',
      ],
      sql: 'alter table t attach partition p for values from (1) to (100);',
    },
    {
      before: "create table p (r text not null check (r in ('eu', 'us')));",
      sql: "alter table t attach partition p for values in ('eu', 'us');",
    },
  ],
})
