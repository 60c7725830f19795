import type { Finding } from '../model/finding.js'
import type { Report } from '../model/report.js'

/** The findings of one file; those without a file are a group of their own. */
export interface FileFindings<Found extends Finding = Finding> {
  readonly file: string | undefined
  /** Worst first, then by place. Never empty. */
  readonly findings: readonly Found[]
}

/** By file, the file with the worst finding first; files that are equally bad stay in their order. */
export function groupFindings<Found extends Finding>(findings: readonly Found[]): FileFindings<Found>[] {
  const groups = new Map<string | undefined, Found[]>()
  for (const finding of findings) {
    const group = groups.get(finding.file)
    if (group === undefined) groups.set(finding.file, [finding])
    else group.push(finding)
  }
  return [...groups]
    .map(([file, found]) => ({ file, findings: found.toSorted(compareFindings) }))
    .toSorted((a, b) => worst(a) - worst(b))
}

/** Worst first; in a file by place. */
export function compareFindings(a: Finding, b: Finding): number {
  const byBadness = badness[a.severity] - badness[b.severity]
  if (byBadness !== 0 || a.file !== b.file) return byBadness
  return lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b)
}

/** What a report finds, without what it tells as drift, with both checksums, as well. */
export function findingsBesideDrift({ findings, drift }: Report): readonly Finding[] {
  return drift.length === 0 ? findings : findings.filter(({ rule }) => rule !== 'checksum-drift')
}

const badness: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, notice: 2 }

function worst({ findings: [first] }: FileFindings): number {
  return first === undefined ? 3 : badness[first.severity]
}

function lineOf({ position }: Finding): number {
  return position?.line ?? 0
}

function columnOf({ position }: Finding): number {
  return position?.column ?? 0
}
