import { createHash } from 'node:crypto'
import type { Edit, Finding, SuppressedFinding } from '../model/finding.js'
import type { Drift } from '../model/plan.js'
import type { Report } from '../model/report.js'
import { makeDriftText, recordedPath } from './drift-text.js'
import { makeFindingDetails } from './finding-details.js'
import { compareFindings, findingsBesideDrift } from './group-findings.js'
import { makeArtifactLocation, makeRegion, makeSarifLocation, type SarifLocation } from './sarif-location.js'
import { sarifText } from './sarif-text.js'

interface Text {
  readonly text: string
}

/** A result as written, but for the index of its rule. */
export interface SarifResult {
  readonly ruleId: string
  readonly level: 'error' | 'warning' | 'note'
  readonly message: Text
  readonly locations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly fixes?: readonly object[]
  readonly suppressions?: readonly object[]
  readonly properties?: Pick<Finding, 'force' | 'measured'>
}

/** Worst first. Those that are suppressed apart, because not everybody who reads SARIF heeds it. */
export function makeSarifResults(report: Report): {
  results: readonly SarifResult[]
  suppressed: readonly SarifResult[]
} {
  const fingerprint = makeFingerprinting()
  const found = [
    ...report.drift.map((drift) => ofDrift(drift, report.directory)),
    ...findingsBesideDrift(report),
  ]
  const make = (finding: Finding) =>
    // GitHub refuses a whole upload for one result without a place.
    makeResult({ file: report.directory || '.', ...finding }, report.actor, fingerprint)
  return {
    results: found.toSorted(compareFindings).map(make),
    suppressed: report.suppressed
      .toSorted(compareFindings)
      .map((one) => ({ ...make(one), suppressions: [makeSuppression(one)] })),
  }
}

function ofDrift(drift: Drift, directory: string): Finding {
  const { message, help } = makeDriftText(drift, (foreign) => foreign)
  const file = drift.path ?? recordedPath(drift, directory)
  return {
    rule: 'checksum-drift',
    severity: 'error',
    message,
    help,
    ...(file === undefined ? {} : { file }),
  }
}

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const

function makeResult(
  finding: Finding & { readonly file: string },
  actor: string | undefined,
  fingerprint: (finding: Finding) => string,
): SarifResult {
  const { rule, severity, file, position, message } = finding
  const fix = makeFix(finding)
  // What is the same for each finding of a rule is told with the rule.
  const details = makeFindingDetails(finding, { actor, told: new Set([rule]) })
  const lines = [message, ...details.map(({ label, text }) => `${label}: ${text}`)]
  return {
    ruleId: sarifText(rule),
    level: levels[severity],
    message: { text: sarifText(lines.join('\n')) },
    locations: [makeSarifLocation(file, position)],
    partialFingerprints: { 'devflowFinding/v1': fingerprint(finding) },
    ...(fix === undefined ? {} : { fixes: [fix] }),
    ...makeProperties(finding),
  }
}

function makeProperties({ force, measured }: Finding): Pick<SarifResult, 'properties'> {
  if (force === undefined && measured === undefined) return {}
  return {
    properties: {
      ...(force === undefined ? {} : { force }),
      ...(measured === undefined ? {} : { measured }),
    },
  }
}

function makeFix({ file, fix }: Finding): object | undefined {
  const replacements = fix?.edits.flatMap(makeReplacement) ?? []
  if (file === undefined || fix === undefined || replacements.length === 0) return undefined
  // A half of a rewrite is worse than none.
  if (replacements.length < fix.edits.length) return undefined
  return {
    description: { text: sarifText(fix.title) },
    artifactChanges: [{ artifactLocation: makeArtifactLocation(file), replacements }],
  }
}

function makeReplacement({ span, text, position }: Edit): object[] {
  if (position === undefined) return []
  const region = makeRegion(position)
  const isEmpty = span.start === span.end
  const deletedRegion = isEmpty ? { ...region, endColumn: region.startColumn } : region
  return [{ deletedRegion, insertedContent: { text: text.replace(/\p{Surrogate}/gu, '\ufffd') } }]
}

function makeSuppression({ reason }: SuppressedFinding): object {
  return { kind: 'inSource', status: 'accepted', justification: sarifText(reason) }
}

/**
 * The same for a finding whose lines moved: of rule, file and the text of the line, counted where they are equal.
 * `primaryLocationLineHash` is left to whoever uploads, who has the file, and complains about any other value there.
 */
function makeFingerprinting(): (finding: Finding) => string {
  const seen = new Map<string, number>()
  return ({ rule, file = '', excerpt, message }) => {
    const line = (excerpt?.split('\n')[0] ?? message).replace(/\s+/g, ' ').trim()
    const hash = createHash('sha256')
      .update(JSON.stringify([rule, file, line]))
      .digest('hex')
      .slice(0, 32)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  }
}
