import type { Finding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { plural } from './plural.js'

/** `2 errors, 1 warning, 3 suppressed, 1 forced`; empty where nothing was found. */
export function renderCounts({ findings, suppressed }: Pick<Report, 'findings' | 'suppressed'>): string {
  const forced = findings.filter(({ force }) => force === 'used').length
  return [
    ...countSeverities(findings),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed`]),
    ...(forced === 0 ? [] : [`${forced} forced`]),
  ].join(', ')
}

/** `2 errors` and so on, the worst first, without those there are none of. */
export function countSeverities(findings: readonly Finding[]): string[] {
  return (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [plural(count, severity)]
  })
}
