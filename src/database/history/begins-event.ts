import type { HistoryAction } from '../../model/history.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { trackingNames } from '../tracking-names.js'
import { recordEvent } from './record-event.js'

/** A plan that is carried out. */
export interface BegunPlan {
  readonly hash: string
  readonly action: HistoryAction
}

/**
 * SQL that records once that this attempt of a workflow run begins a plan that it was approved for. Empty where nobody
 * approved it, or no workflow run applies it: nothing is ever asked of it then.
 */
export function beginsEvent(target: Target, writer: Writer, { hash, action }: BegunPlan): string {
  const { approval, runUrl, runAttempt } = writer
  if (approval === undefined || runUrl === undefined || runAttempt === undefined) return ''
  const told = {
    event: 'started',
    action,
    status: 'success',
    version: '',
    planHash: hash,
    detail: 'the run begins what it was approved for',
  } as const
  const same = {
    version: quoteLiteral(''),
    event: quoteLiteral('started'),
    run_url: quoteLiteral(runUrl),
    run_attempt: String(runAttempt),
    plan_hash: quoteLiteral(hash),
  }
  const where = Object.entries(same).map(([column, value]) => `${column} = ${value}`)
  const { history } = trackingNames(target.tracking)
  return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE ${where.join(' AND ')})`)};`
}
