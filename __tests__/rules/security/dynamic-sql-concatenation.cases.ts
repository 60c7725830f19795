import { describeRule } from '../describe-rule.js'

const inFunction = (body: string) =>
  `create function f(name text) returns void language plpgsql as $$\nbegin\n  ${body}\nend $$;`

describeRule('dynamic-sql-concatenation', {
  bad: [
    {
      sql: inFunction("execute ⟦'drop table ' || name⟧;"),
      message: 'EXECUTE runs a text that values are joined to without being quoted.',
      severity: 'warning',
    },
    {
      sql: inFunction("execute ⟦format('select %1$s, %I', name, name)⟧;"),
      message: 'EXECUTE runs a text that format() puts values into by %s, without quoting them.',
    },
    { sql: "do $$ declare n text; begin execute ⟦'drop table ' || n⟧; end $$;", severity: 'notice' },
  ],
  good: [
    inFunction("execute 'drop table ' || quote_ident(name);"),
    inFunction("execute format('select %I, %L, 100%%s', name, name);"),
    inFunction("execute 'select $1' using name;"),
    inFunction('perform name;'),
  ],
})
