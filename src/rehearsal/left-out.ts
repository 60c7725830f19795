import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import { commitsEach, type Rehearsal } from './rehearsal.js'

/** A statement that is not sent. */
export interface LeftStatement {
  readonly index: number
  readonly statement: RunnableStatement
  /** A clause. */
  readonly reason: string
  /** What it is, where a transaction can't hold it. */
  readonly outside?: string
}

/** The statements of a migration that are not rehearsed, though they are still to be done. */
export function leftOutOf(
  migration: RunnableMigration,
  rehearsal: Pick<Rehearsal, 'place' | 'together' | 'leaves'>,
): LeftStatement[] {
  return (migration.statements ?? []).flatMap((statement, index) => {
    // What set something in its session is sent again.
    if (statement.done && statement.sets === undefined) return []
    const left = { index, statement }
    if (migration.leftover) return [{ ...left, reason: LEFTOVER }]
    const outside = outsideOf(statement, rehearsal)
    if (outside) return [{ ...left, ...outside }]
    const reason = rehearsal.leaves?.(migration, index)
    return reason === undefined ? [] : [{ ...left, reason }]
  })
}

function outsideOf(
  { outside, begun, trace }: RunnableStatement,
  rehearsal: Pick<Rehearsal, 'place' | 'together'>,
): Pick<LeftStatement, 'outside' | 'reason'> | undefined {
  if (begun && trace?.kind !== 'repeatable') return { outside: outside ?? 'a statement', reason: CUT_OFF }
  if (outside === undefined) return undefined
  if (!commitsEach(rehearsal)) return { outside, reason: `${outside} ${IN_TRANSACTION}` }
  return BEYOND.test(outside) ? { outside, reason: `${outside} reaches beyond the database` } : undefined
}

/** Its effect may be there already, on the target and so in a shadow's schema. */
const CUT_OFF = 'an earlier run was cut off in it, and whether it is done is looked up when it is applied'

/** It may stand against what the file makes, in a shadow's schema too. */
const LEFTOVER =
  'the concurrent build of an index failed in an earlier run, and what that left is taken away when it is applied'

/** A shadow is a database that is thrown away; its server may be one that others use. */
const BEYOND =
  /^(ALTER SYSTEM|(CREATE|DROP|ALTER) DATABASE|(CREATE|DROP) TABLESPACE|.* (SUBSCRIPTION|PREPARED)\b)/

/** Whether later statements may need it, or need it gone. */
export function mayBeMissed({ outside }: LeftStatement): boolean {
  return outside === undefined || !KEEPS_NAMES.test(outside)
}

/** Nothing is there afterwards that was not before, and nothing is gone. */
const KEEPS_NAMES =
  /^(VACUUM|CLUSTER|REINDEX|DISCARD|ALTER SYSTEM|ALTER DATABASE|SET TRANSACTION|BEGIN … ROLLBACK)\b/

/** Why nothing of a migration can be rehearsed; undefined where something can. */
export function whyNot(
  migration: RunnableMigration,
  left: readonly LeftStatement[],
  { leaves }: Pick<Rehearsal, 'leaves'>,
): string | undefined {
  const { statements, pieces = [], unreadable } = migration
  if (!statements) {
    if (migration.leftover) return LEFTOVER
    const readable = pieces.length > 0 && pieces.every((piece) => !piece.unread)
    return readable ? leaves?.(migration, 0) : `it could not be analysed: ${unreadable}`
  }
  const sent = statements.filter(({ done }, index) => !done && !left.some((each) => each.index === index))
  if (statements.length === 0 || sent.length > 0) return undefined
  return left.length > 0 ? listReasons(left) : 'all of it is done already'
}

/** `VACUUM, CREATE INDEX CONCURRENTLY can not run in a transaction; nextval() advances …` */
export function listReasons(left: readonly LeftStatement[], andSo = ''): string {
  const held = left.flatMap(({ outside, reason }) =>
    outside !== undefined && reason.endsWith(IN_TRANSACTION) ? [outside] : [],
  )
  const others = left.filter(({ reason }) => !reason.endsWith(IN_TRANSACTION)).map(({ reason }) => reason)
  const words = held.length > 0 ? [`${listOnce(held)} ${IN_TRANSACTION}${andSo}`] : []
  return [...words, ...new Set(others)].join('; ')
}

const IN_TRANSACTION = 'can not run in a transaction'

/** `VACUUM, CREATE INDEX CONCURRENTLY` */
function listOnce(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}
