// Where PostgreSQL itself, asked by running the statement, says otherwise than a case: by rule, never by case.
import { commandsOf, makesTable, statementAt, tableOf } from './sql-text.mjs'

const timeouts = ['require-lock-timeout', 'require-statement-timeout', 'require-timeout-settings']

/**
 * `lines`: the statements that the server agrees about, of those on which the tool hits; the others it says nothing
 * against. Or `expected`: 0, or 1 for a hit, where `applies` says so.
 */
export const overrides = [
  {
    tool: 'squawk',
    rules: ['adding-field-with-default'],
    applies: ({ sql, postgres }) =>
      postgres >= 18 && /\bgenerated\s+always\s+as\s*\(/i.test(sql) && !/\bstored\b/i.test(sql),
    expected: 0,
    reason: 'A VIRTUAL generated column (PostgreSQL 18) is computed when it is read: no rewrite, no scan.',
  },
  {
    tool: 'squawk',
    rules: ['adding-field-with-default'],
    applies: ({ sql, postgres }) => postgres >= 11 && /\bdefault\b/i.test(sql) && isComputedOnce(sql),
    expected: 0,
    reason:
      'From 11 on, 11 included, a default is computed once and stored for all rows, unless a function in it is volatile: constants, operators, `lower`, `now` and `current_date` write nothing.',
  },
  {
    tool: 'squawk',
    rules: ['adding-field-with-default'],
    applies: ({ sql }) => /\b(big|small)?serial\d?\b|\bas\s+identity\b/i.test(sql) && /\badd\b/i.test(sql),
    expected: 1,
    reason:
      'A `serial` or identity column takes a value of its sequence for each row: the table is written anew.',
  },
  {
    tool: 'squawk',
    rules: ['adding-not-nullable-field'],
    applies: ({ sql, postgres }) => postgres >= 12 && isCheckedBefore(sql),
    expected: 0,
    reason: 'A CHECK that was added valid proves it already: SET NOT NULL reads nothing.',
  },
  {
    tool: 'squawk',
    rules: ['ban-alter-domain-with-add-constraint'],
    applies: ({ sql }) => /\bnot\s+valid\b/i.test(sql),
    expected: 0,
    reason: 'A constraint of a domain that is added NOT VALID reads no table.',
  },
  {
    tool: 'squawk',
    rules: ['require-concurrent-reindex'],
    applies: ({ sql }) => /\(\s*concurrently\s+(false|off|0)\b/i.test(sql),
    expected: 1,
    reason: 'REINDEX (CONCURRENTLY false) is not concurrent.',
  },
  {
    tool: 'squawk',
    rules: ['prefer-repack'],
    applies: ({ sql, postgres }) => postgres < 19 && writesAnew.test(sql),
    expected: 1,
    reason:
      'CLUSTER and VACUUM FULL write the table anew under ACCESS EXCLUSIVE on every version, not only where there is REPACK.',
  },
  {
    tool: 'squawk',
    rules: timeouts,
    applies: ({ sql, inTransaction }) =>
      !inTransaction && /\bset\s+local\b/i.test(sql) && !/\b(begin|start\s+transaction)\b/i.test(sql),
    expected: 1,
    reason: 'SET LOCAL outside of a transaction sets nothing; the server warns.',
  },
  {
    tool: 'squawk',
    rules: ['prefer-robust-stmts'],
    applies: ({ sql, inTransaction }) => !inTransaction && failsTwice.test(sql) && /;\s*\S/.test(sql),
    expected: 1,
    reason:
      'CREATE or DROP of a schema, a view, a type and so on without IF [NOT] EXISTS, and a new name for an index, fail when they are run again, as those of a table do.',
  },
  {
    tool: 'squawk',
    rules: ['prefer-robust-stmts'],
    applies: ({ sql }) => !/;\s*\S/.test(sql) && !/\bconcurrently\b/i.test(sql),
    expected: 0,
    reason:
      'A statement alone in its file takes place or does not: nothing of it is there when it is run again.',
  },
  {
    tool: 'squawk',
    rules: ['prefer-robust-stmts'],
    lines: (sql, line) => !commandsOf(statementAt(sql, line)).every((command) => canRunTwice.test(command)),
    reason:
      'SET and DROP NOT NULL, SET and DROP DEFAULT, TYPE, ENABLE, DISABLE and FORCE ROW LEVEL SECURITY, SET STATISTICS, SET and RESET of storage parameters, SET [UN]LOGGED, OWNER TO, CLUSTER ON and VALIDATE CONSTRAINT succeed when they are run again.',
  },
  {
    tool: 'squawk',
    rules: [
      'adding-field-with-default',
      'adding-foreign-key-constraint',
      'adding-not-nullable-field',
      'adding-required-field',
      'adding-serial-primary-key-field',
      'changing-column-type',
      'constraint-missing-not-valid',
      'disallowed-unique-constraint',
      'require-concurrent-index-creation',
      ...timeouts,
    ],
    lines: (sql, line) => !makesTable(sql, line, tableOf(statementAt(sql, line))),
    reason:
      'A table that the same file makes has no rows to be read or written anew, and nobody who waits for it.',
  },
]

/** CLUSTER, and VACUUM with FULL that is not turned off. */
const writesAnew = /(^|;)\s*(cluster\b|vacuum\s+full\b|vacuum\s*\([^)]*\bfull\b(?!\s+(false|off|0)\b))/im

const failsTwice =
  /(^|;)\s*(create\s+(schema|sequence|view|type|extension|materialized\s+view|policy|trigger|function|procedure|domain)\s+(?!if\s+not\s+exists\b)|drop\s+(schema|view|function|procedure|sequence|extension|policy|trigger|domain)\s+(?!if\s+exists\b)|alter\s+index\s+(?!if\s+exists\b)\S+\s+rename\b)/im

const canRunTwice =
  /^(alter\s+(column\s+)?\S+\s+((set|drop)\s+not\s+null|set\s+default\s.+|drop\s+default|(set\s+data\s+)?type\s.+|set\s+statistics\s+\d+)|(enable|disable|(no\s+)?force)\s+row\s+level\s+security|owner\s+to\s+\S+|(re)?set\s*\([^)]*\)|set\s+(un)?logged|cluster\s+on\s+\S+|validate\s+constraint\s+\S+)$/is

/** Functions that each gave a fast ADD COLUMN on PostgreSQL 15, and what is written like one. */
const notVolatile = new Set(
  'lower upper length md5 concat coalesce cast now statement_timestamp transaction_timestamp date_trunc to_char timezone jsonb_build_object current_setting round array numeric decimal varchar char'.split(
    ' ',
  ),
)

function isComputedOnce(sql) {
  const [, ...defaults] = sql.split(/\bdefault\b/i)
  const called = defaults.flatMap((text) => [...text.split(';')[0].matchAll(/([a-z_][\w.]*)\s*\(/gi)])
  const isOther = /\bgenerated\b|\bserial|\bbigserial\b/i.test(sql)
  return !isOther && called.every(([, name]) => notVolatile.has(name.toLowerCase()))
}

function isCheckedBefore(sql) {
  const [, column, rest] = /\bcheck\s*\(\s*(\S+)\s+is\s+not\s+null\s*\)([\s\S]*)/i.exec(sql) ?? []
  if (column === undefined || /^\s*not\s+valid/i.test(rest)) return false
  const set = rest.matchAll(/\balter\s+(?:column\s+)?(\S+)\s+set\s+not\s+null\b/gi)
  return [...set].some(([, name]) => name === column)
}

/** A case that PostgreSQL refuses to read, which we say. */
const refused = {
  expected: 1,
  reason: 'What PostgreSQL can not read, it does not run: the finding is `syntax-error`, and no other.',
}

/**
 * What the server says of a case, where it says otherwise: `expected`, and `lines` where it agrees about some.
 *
 * @param found findings of all our rules
 */
export function overrideFor(one, found) {
  const errors = found.filter(({ rule }) => rule === 'syntax-error')
  if (one.expected > 0 && errors.length > 0) return { ...refused, found: errors }
  const sql = one.scripts.join('\n')
  for (const each of overrides) {
    if (each.tool !== one.tool || !each.rules.includes(one.rule)) continue
    const said = each.lines ? byLine(each, one, sql) : { expected: each.expected }
    if (each.applies && (!each.applies({ ...one, sql }) || one.expected > 0 === each.expected > 0)) continue
    if (said) return { ...said, reason: each.reason }
  }
  return undefined
}

function byLine({ lines: agrees }, { lines = [], expected }, sql) {
  const kept = lines.filter((line) => agrees(sql, line))
  if (expected === 0 || kept.length === lines.length) return undefined
  return { expected: kept.length, lines: kept }
}
