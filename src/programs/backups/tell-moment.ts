import type { Moment } from '../../model/backup.js'

/** A point in time as the history tells of it, in clauses. */
export function tellMoment({ serverTime, lsn, timeline, systemIdentifier }: Moment): string[] {
  return [
    `server time ${serverTime}`,
    `LSN ${lsn}`,
    ...(timeline === null ? [] : [`timeline ${timeline}`]),
    ...(systemIdentifier === null ? [] : [`system ${systemIdentifier}`]),
  ]
}
