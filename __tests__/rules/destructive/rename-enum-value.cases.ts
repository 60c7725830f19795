import { describeRule } from '../describe-rule.js'

describeRule('rename-enum-value', {
  bad: [
    {
      sql: "⟦alter type public.mood rename value 'sad' to 'blue'⟧;",
      message: "The value 'sad' of the enum public.mood becomes 'blue', and code that has the old one fails.",
      severity: 'warning',
    },
  ],
  good: [
    "alter type mood add value 'blue';",
    "create type mood as enum ('sad'); alter type mood rename value 'sad' to 'blue';",
    'alter type mood rename to moods;',
  ],
})
