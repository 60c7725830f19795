import { describeRule } from '../describe-rule.js'

describeRule('lock-table', {
  bad: [
    {
      sql: '⟦lock table t⟧;',
      message: 'LOCK TABLE stops all reads and writes of t until the transaction ends.',
    },
    {
      sql: '⟦lock t, only app.u in share mode nowait⟧;',
      message: 'LOCK TABLE stops all writes of t and app.u until the transaction ends.',
    },
    { sql: '⟦lock t in share row exclusive mode⟧;' },
    { sql: '⟦lock t in exclusive mode⟧;' },
    { sql: 'do $$ begin ⟦lock table t⟧; end $$;' },
    {
      sql: 'create table u (a int); ⟦lock t, u⟧;',
      message: 'LOCK TABLE stops all reads and writes of t until the transaction ends.',
    },
  ],
  good: [
    'lock t in access share mode;',
    'lock t in row share mode;',
    'lock t in row exclusive mode;',
    'lock t in share update exclusive mode;',
    'create table t (a int); lock table t;',
  ],
})
