import { describeRule } from '../describe-rule.js'

describeRule('copy-server-file', {
  bad: [
    {
      sql: "⟦copy t from '/tmp/t.csv'⟧;",
      message: "COPY reads a file on the server's machine: /tmp/t.csv.",
      severity: 'error',
    },
    {
      sql: "⟦copy (select 1) to '/tmp/one'⟧;",
      message: "COPY overwrites a file on the server's machine: /tmp/one.",
    },
  ],
  good: ['copy t to stdout;', "copy t to program 'sh';"],
})
