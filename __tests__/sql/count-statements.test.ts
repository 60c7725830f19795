import { expect, it } from '@jest/globals'
import { countStatements } from '../../src/sql/count-statements.js'
import { quoteIdentifier, quoteLiteral } from '../../src/sql/identifier.js'

it.each([
  ['', 0],
  ['BEGIN;\nCOMMIT;', 2],
  [`SELECT ${quoteLiteral("a;b'; \\'; c")};`, 1],
  [`UPDATE ${quoteIdentifier('a";b')} SET x = 'y;';`, 1],
  [`DO $devflow$BEGIN a; b := ';'; END$devflow$;\nSET x = 1;`, 2],
  [`DO $devflow1$BEGIN RAISE '$devflow$;'; END$devflow1$;`, 1],
])('the statements of %s are counted', (sql, count) => {
  expect(countStatements(sql)).toBe(count)
})
