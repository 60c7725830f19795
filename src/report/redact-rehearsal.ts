import type { Redact } from '../model/config.js'
import type { Measured, NoRehearsal, RehearsalPlace } from '../model/measured.js'
import type { Rehearsed } from '../model/outcome.js'
import type { Report } from '../model/report.js'

type Rehearsal = Pick<Report, 'rehearsal' | 'rehearsedOn' | 'notRehearsed' | 'sizes'>

/**
 * The rehearsal's part of a report without secrets: names of the database can hold them, and so can the beginning of a
 * statement. The failures of its files are left as they are.
 */
export function redactRehearsal(report: Report, redactText: Redact): Rehearsal {
  const redact = remember(redactText)
  return {
    rehearsal: report.rehearsal.map((one) => redactFile(one, redact)),
    ...(report.rehearsedOn ? { rehearsedOn: redactPlace(report.rehearsedOn, redact) } : {}),
    ...(report.notRehearsed ? { notRehearsed: redactWhy(report.notRehearsed, redact) } : {}),
    sizes: report.sizes.map((size) => ({ ...size, relation: redact(size.relation) })),
  }
}

/** A name comes again with each statement that touches it. */
function remember(redact: Redact): Redact {
  const known = new Map<string, string>()
  return (text) => {
    const redacted = known.get(text) ?? redact(text)
    known.set(text, redacted)
    return redacted
  }
}

function redactPlace({ where, schemaFrom, limits, ...rest }: RehearsalPlace, redact: Redact): RehearsalPlace {
  return {
    ...rest,
    where: redact(where),
    ...(schemaFrom === undefined ? {} : { schemaFrom: redact(schemaFrom) }),
    limits: limits.map(redact),
  }
}

function redactWhy({ why, ways, ...rest }: NoRehearsal, redact: Redact): NoRehearsal {
  return { ...rest, why: redact(why), ways: ways.map(redact) }
}

function redactFile(rehearsed: Rehearsed, redact: Redact): Rehearsed {
  const { reason, measured, left } = rehearsed
  return {
    ...rehearsed,
    ...(reason === undefined ? {} : { reason: redact(reason) }),
    ...(measured === undefined ? {} : { measured: measured.map((one) => redactMeasured(one, redact)) }),
    ...(left === undefined
      ? {}
      : { left: left.map((one) => ({ ...one, text: redact(one.text), reason: redact(one.reason) })) }),
  }
}

function redactMeasured(measured: Measured, redact: Redact): Measured {
  const named = <One extends { readonly relation: string }>(one: One): One => {
    return { ...one, relation: redact(one.relation) }
  }
  const object = <One extends { readonly name: string }>(one: One): One => {
    return { ...one, name: redact(one.name) }
  }
  return {
    ...measured,
    text: redact(measured.text),
    locks: measured.locks.map(named),
    rewritten: measured.rewritten.map(redact),
    scanned: measured.scanned.map(redact),
    rows: measured.rows.map(named),
    created: measured.created.map(object),
    dropped: measured.dropped.map(object),
    heldBefore: measured.heldBefore.map(named),
  }
}
