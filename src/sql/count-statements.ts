import { lex } from './lex.js'

/** How many statements a text of our own holds, each ended by a semicolon and none empty. */
export function countStatements(sql: string): number {
  let count = 0
  for (const { kind } of lex(sql)) if (kind === 'semicolon') count++
  return count
}
