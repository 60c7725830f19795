// Where PostgreSQL itself, asked by running the statement, says otherwise than a case: by rule, never by case.

const generated = /\bgenerated\s+always\s+as\b/i

export const overrides = [
  {
    tool: 'squawk',
    rules: ['adding-field-with-default'],
    applies: ({ sql, postgres }) => postgres >= 18 && generated.test(sql) && !/\bstored\b/i.test(sql),
    expected: 0,
    reason: 'A VIRTUAL generated column (PostgreSQL 18) is computed when it is read: no rewrite, no scan.',
  },
  {
    tool: 'squawk',
    rules: ['adding-field-with-default'],
    applies: ({ sql, postgres }) =>
      postgres === 11 && /\bdefault\s+('[^']*'|-?[\d.]+|true|false|null)/i.test(sql),
    expected: 0,
    reason:
      'PostgreSQL 11 itself stores a constant default without a rewrite; squawk begins with what is above 11.',
  },
  {
    tool: 'squawk',
    rules: ['prefer-repack'],
    applies: ({ sql, postgres }) => postgres < 19 && /\b(cluster\b|vacuum\s*(\(\s*full\b|full\b))/i.test(sql),
    expected: 1,
    reason:
      'CLUSTER and VACUUM FULL write the table anew under ACCESS EXCLUSIVE on every version, not only where there is REPACK.',
  },
]

/** What the server says of a case, where it says otherwise. */
export function overrideFor(one) {
  const sql = one.scripts.join('\n')
  return overrides.find(
    ({ tool, rules, applies, expected }) =>
      tool === one.tool &&
      rules.includes(one.rule) &&
      applies({ ...one, sql }) &&
      one.expected > 0 !== expected > 0,
  )
}
