import type { Measured } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { failureJson } from './failure-json.js'
import type { ReportJson } from './report-schema.js'

type RehearsalJson = Pick<ReportJson, 'rehearsedOn' | 'notRehearsed' | 'rehearsal' | 'sizes'>

/** The rehearsal as the documented JSON shape, with all that was measured. */
export function rehearsalJson({ rehearsedOn, notRehearsed, rehearsal, sizes }: Report): RehearsalJson {
  return {
    rehearsedOn: placeJson(rehearsedOn),
    notRehearsed: notRehearsed ? { why: notRehearsed.why, ways: [...notRehearsed.ways] } : null,
    rehearsal: rehearsal.map(fileJson),
    sizes: sizes.map(({ relation, bytes, rows }) => ({ relation, bytes, rows })),
  }
}

function placeJson(place: Report['rehearsedOn']): RehearsalJson['rehearsedOn'] {
  if (place === undefined) return null
  const { kind, asked, where, schemaFrom, limits } = place
  return { kind, asked, where, schemaFrom: schemaFrom ?? null, limits: [...limits] }
}

function fileJson(rehearsed: Rehearsed): RehearsalJson['rehearsal'][number] {
  const { version, name, path, state, durationMs, reason, failure, measured = [], left = [] } = rehearsed
  return {
    version,
    name,
    path,
    state,
    durationMs,
    reason: reason ?? null,
    failure: failureJson(failure),
    measured: measured.map(measuredJson),
    left: left.map(({ statement, position, text, reason }) => ({ statement, position, text, reason })),
  }
}

function measuredJson(measured: Measured): RehearsalJson['rehearsal'][number]['measured'][number] {
  const { statement, position, text, durationMs, walBytes } = measured
  return {
    statement,
    position,
    text,
    durationMs,
    walBytes: walBytes ?? null,
    locks: measured.locks.map(({ relation, modes }) => ({ relation, modes: [...modes] })),
    rewritten: [...measured.rewritten],
    scanned: [...measured.scanned],
    rows: measured.rows.map((rows) => ({ ...rows })),
    created: measured.created.map((object) => ({ ...object })),
    dropped: measured.dropped.map((object) => ({ ...object })),
    heldBefore: measured.heldBefore.map((held) => ({ ...held })),
  }
}
