/**
 * How many statements a text of our own holds, each ended by a semicolon and none empty. Knows the quotes that such
 * texts have: dollar quotes with our tag, literals whose backslashes are doubled, quoted names. No comments.
 */
export function countStatements(sql: string): number {
  let count = 0
  for (const [piece] of sql.matchAll(QUOTED_OR_SEMICOLON)) if (piece === ';') count++
  return count
}

const QUOTED_OR_SEMICOLON = /(\$devflow\d*\$)[\s\S]*?\1|'(?:[^']|'')*'|"(?:[^"]|"")*"|;/g
