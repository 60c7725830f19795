import { describeRule } from '../describe-rule.js'

describeRule('hash-index', {
  bad: [
    {
      sql: '⟦create index i on app.users using HASH (email)⟧;',
      message: 'This index on app.users is a hash index, which answers nothing but =.',
    },
  ],
  good: ['create index on t using gin (a);', 'create index on t (a);'],
})
