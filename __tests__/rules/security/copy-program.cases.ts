import { describeRule } from '../describe-rule.js'

describeRule('copy-program', {
  bad: [
    {
      sql: "⟦copy t from program 'curl x'⟧;",
      message: "COPY … PROGRAM runs a shell command on the server's machine.",
      severity: 'error',
    },
    { sql: "⟦copy (select 1) to program 'sh'⟧;", class: 'development', severity: 'error' },
    {
      sql: "create function f() returns void language plpgsql as $$\nbegin\n  ⟦copy t to program 'sh'⟧;\nend $$;",
    },
  ],
  good: ['copy t to stdout;', "copy t to '/tmp/t';"],
})
