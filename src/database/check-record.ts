import type { EventKind } from '../model/history.js'
import type { Target } from '../model/target.js'
import { quoteLiteral } from '../sql/identifier.js'
import { CHECK_FAILED, raising } from '../sql/raise.js'
import { lockLost } from './lock-lost.js'
import { trackingNames } from './tracking-names.js'

/** What was just written about a migration, in this transaction. */
export interface Written {
  readonly version: string
  /** SQL: what the row holds beside its version; undefined where there is none any more. */
  readonly row: string | undefined
  /** The last that the history tells of; undefined where it is told of nothing. */
  readonly event?: EventKind
  /** What is wrong where it is not so. */
  readonly otherwise: string
  /** The run's lock is looked at elsewhere: what is written is written without it too, on a shadow. */
  readonly unlocked?: true
}

/**
 * A statement that raises unless what was written is there, and the run's lock is held. It only reads, so that no trigger
 * and no rule has the last word: those of the tables may change or drop what is written, and do more. Deferred
 * triggers have to be immediate when it is written; only what they defer again in that moment runs after this.
 */
export function checkRecord(target: Target, { version, row, event, otherwise, unlocked }: Written): string {
  const { table, history } = trackingNames(target.tracking)
  const isRow = `version = ${quoteLiteral(version)}`
  const isThere = (more: string) => `EXISTS (SELECT FROM ${table} WHERE ${isRow}${more})`
  const isEvent = event && `${isRow} AND event = ${quoteLiteral(event)}`
  const last = (value: string) => `(SELECT ${value} FROM ${history} ORDER BY seq DESC LIMIT 1)`
  // One statement wrote both, whichever savepoint that was in; whoever adds an event keeps others from it until the end.
  const told = isEvent ? ` AND xmin = ${last(`CASE WHEN ${isEvent} THEN xmin END`)}` : ''
  const wrong =
    row === undefined
      ? [isThere(''), ...(isEvent ? [`${last(isEvent)} IS NOT TRUE`] : [])].join(' OR ')
      : `NOT ${isThere(` AND ${row}${told}`)}`
  return `SELECT CASE WHEN ${wrong}
  THEN ${raising(CHECK_FAILED.record, otherwise)}${unlocked ? '' : `\n  ${lockLost(target)}`} END;`
}
