import type { Parser } from '../../sql/open-parser.js'
import type { EscapeFacts } from './escape-facts.js'
import type { Judging } from './judge-reach.js'
import { madeByRelations } from './made-by-relations.js'
import { madeByRoutines } from './made-by-routines.js'
import { makeNameIndex } from './name-index.js'
import { makeTargetNames } from './target-names.js'

/** What is known before the first statement. */
export function makeJudging(parser: Parser, facts: EscapeFacts): Judging {
  const known = makeNameIndex()
  const old = new Set([...madeByRelations(parser, facts), ...madeByRoutines(parser, facts)])
  for (const made of old) known.add(made)
  return { known, old, target: makeTargetNames(facts), sequences: new Map(), hidden: new Set() }
}
