import type { DynamicExecute } from '../../sql/bodies/describe-dynamic.js'
import type { Rule } from '../rule.js'

export const dynamicSqlConcatenation: Rule = {
  id: 'dynamic-sql-concatenation',
  group: 'security',
  title: 'EXECUTE of a text that values are pasted into',
  why: "Whatever is in the value becomes part of the statement: a quote in it ends the literal, and what follows runs with the function's rights, those of its owner where it is SECURITY DEFINER.",
  instead: `Pass values as parameters and names through \`%I\`:

\`\`\`sql
execute format('update %I set state = $1 where id = $2', table_name) using state, id;
\`\`\``,
  levels: { development: 'warn', staging: 'warn', production: 'warn' },
  inFunctions: true,
  examples: {
    bad: [
      `create function f(name text) returns void language plpgsql as $$
begin
  execute 'drop table ' || name;
end $$;`,
      `create function f(name text) returns void language plpgsql as $$
begin
  execute format('drop table %s', name);
end $$;`,
    ],
    good: [
      `create function f(name text) returns void language plpgsql as $$
begin
  execute format('drop table %I', name);
  execute 'drop table ' || quote_ident(name);
  execute 'delete from t where a = $1' using name;
end $$;`,
    ],
  },
  *check(statement) {
    if (statement.node !== 'DynamicExecute') return
    const { concatenates, usesFormat, text = '' } = statement.tree as DynamicExecute
    const pasted = usesFormat && PASTES.test(text.replaceAll('%%', ''))
    if (!concatenates && !pasted) return
    yield {
      message: concatenates
        ? 'EXECUTE runs a text that values are joined to without being quoted.'
        : 'EXECUTE runs a text that format() puts values into by %s, without quoting them.',
      help: 'Pass values by USING ($1), names by format() with %I, literals by %L.',
      // What a DO block joins is seldom from outside.
      ...(statement.within === 'do' ? { levels: 'notice' as const } : {}),
    }
  },
}

/** `%s`, `%1$s`, `%-10s` */
const PASTES = /%(\d+\$)?-?(\d+|\*(\d+\$)?)?s/
