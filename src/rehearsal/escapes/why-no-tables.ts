import type { Parser } from '../../sql/open-parser.js'
import type { EscapeFacts } from './escape-facts.js'
import { judgeReach } from './judge-reach.js'
import { makeJudging } from './make-judging.js'

/**
 * Why not even the tracking tables can be made in a rehearsal on the target, as a clause: an event trigger that fires
 * at every definition does what no rollback undoes. Undefined where they can.
 */
export function whyNoTables(parser: Parser, facts: EscapeFacts): string | undefined {
  return judgeReach(makeJudging(parser, facts), { commands: COMMANDS })
}

/** Of `Bookkeeping.ensure`. */
const COMMANDS = [
  'CREATE SCHEMA',
  'CREATE TABLE',
  'ALTER TABLE',
  'CREATE INDEX',
  'CREATE FUNCTION',
  'CREATE VIEW',
  'GRANT',
  'REVOKE',
  'COMMENT',
]
