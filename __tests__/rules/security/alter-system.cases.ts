import { describeRule } from '../describe-rule.js'

describeRule('alter-system', {
  bad: [
    {
      sql: "⟦alter system set work_mem = '1GB'⟧;",
      message: 'ALTER SYSTEM changes work_mem for the whole server and every database on it.',
      class: 'development',
      severity: 'error',
    },
    {
      sql: '⟦alter system reset all⟧;',
      message: 'ALTER SYSTEM changes all settings for the whole server and every database on it.',
    },
  ],
  good: ["alter role app set work_mem = '1GB';", "set work_mem = '1GB';"],
})
