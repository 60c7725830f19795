import type { Reach } from '../../model/reach.js'
import type { Parser } from '../../sql/open-parser.js'
import { mergeReach } from '../../sql/reach/merge-reach.js'
import { readReach } from '../../sql/reach/read-reach.js'

/** What SQL of the target sets in motion, which is parsed when somebody asks, once. */
export function readLazily(parser: Parser, sql: string): () => Reach {
  let known: Reach | undefined
  return () => {
    known ??= read(parser, sql)
    return known
  }
}

function read(parser: Parser, sql: string): Reach {
  const parsed = parser.parse(sql)
  if (parsed.kind !== 'statements') {
    const why = parsed.kind === 'unreadable' ? parsed.reason : parsed.message
    return { unknown: [`the code can not be read: ${why}`] }
  }
  return mergeReach(parsed.statements.map((statement) => readReach(parser, sql, statement)))
}
