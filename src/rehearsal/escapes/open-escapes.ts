import type { RunnableMigration } from '../../model/plan.js'
import type { Reach } from '../../model/reach.js'
import type { Parser } from '../../sql/open-parser.js'
import type { EscapeFacts } from './escape-facts.js'
import { type Judging, judgeReach } from './judge-reach.js'
import { makeJudging } from './make-judging.js'
import type { FileReach, PendingReach } from './pending-reach.js'

/** What decides which statements are not sent in a rehearsal on a target. */
export interface EscapesInput {
  readonly parser: Parser
  readonly pending: PendingReach
  /** Absent: nothing needs them. */
  readonly facts?: EscapeFacts
}

/** Why a statement is not sent; undefined where it may be. Of a file in pieces: why none of it is, whatever the index. */
export type Leaves = (migration: RunnableMigration, statementIndex: number) => string | undefined

/**
 * Finds the statements whose effect would outlive the rollback, or of which it can not be told, in the order they would
 * run. The reason is a clause, `nextval() advances the sequence public.ids, which no rollback undoes`, with names from
 * files and the catalog.
 */
export function openEscapes({ parser, pending, facts = {} }: EscapesInput): Leaves {
  const judging = makeJudging(parser, facts)
  const reasons = new Map(pending.files.map((file) => [file.path, judgeFile(judging, file)]))
  return ({ file }, index) => {
    const found = reasons.get(file.path)
    return Array.isArray(found) ? found[index] : found
  }
}

type Reasons = (string | undefined)[] | string | undefined

function judgeFile(judging: Judging, { statements, pieces = [] }: FileReach): Reasons {
  judging.target.nextFile()
  if (statements) return statements.map((reach) => reach && judgeNext(judging, reach))
  return judgePieces(judging, pieces)
}

/**
 * Of statements that are the same one stands for all. What only shows when one is judged, because a function that it
 * calls makes something, may meet those like the ones before it: so all are judged again with that known.
 */
function judgePieces(judging: Judging, pieces: readonly Reach[]): string | undefined {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    judging.target.nextFile()
    const before = judging.hidden.size
    const reasons = pieces.map((reach) => judgeNext(judging, reach))
    const reason = reasons.find((each) => each !== undefined)
    if (reason !== undefined || judging.hidden.size === before) return reason
  }
  return 'it can not be told what the functions that it calls make'
}

/** Functions that make functions that make something are none that anybody wrote. */
const MOST_ROUNDS = 5

/** What is not sent changes nothing for those after it. */
function judgeNext(judging: Judging, reach: Reach): string | undefined {
  const reason = judgeReach(judging, reach)
  if (reason === undefined) judging.target.pass(reach)
  return reason
}
