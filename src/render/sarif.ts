import { gzipSync } from 'node:zlib'
import { REPOSITORY_URL } from '../model/docs-page.js'
import type { Report } from '../model/report.js'
import { TOOL_VERSION } from '../model/tool-version.js'
import { encodePath } from './encode-uri.js'
import { escapeJson } from './escape-json.js'
import { makeNotifications, type SarifNotification } from './sarif-notifications.js'
import { makeSarifResults, type SarifResult } from './sarif-results.js'
import { makeSarifRules } from './sarif-rules.js'

export interface SarifOptions {
  /**
   * For GitHub's code scanning, which shows what is suppressed as open alerts: those are left out, and counted in a
   * notification. Default: they are there, with the reason.
   */
  readonly forCodeScanning?: boolean
}

/** GitHub refuses a run with more results, and shows the first 5,000. */
const MOST_RESULTS = 25_000
/** GitHub refuses a file that is larger when compressed. Some room is left for another compressor. */
const MOST_BYTES_GZIPPED = 9_500_000

/**
 * Findings and drift as SARIF 2.1.0, which code scanning and editors read, ended by a line end. Within GitHub's limits:
 * worst first, and what does not fit is counted in a notification.
 */
export function renderSarif(report: Report, { forCodeScanning = false }: SarifOptions = {}): string {
  const { results, suppressed } = makeSarifResults(report)
  const all = forCodeScanning ? results : [...results, ...suppressed]
  const leftOut = forCodeScanning ? suppressed.length : 0
  for (let most = Math.min(MOST_RESULTS, all.length); ; most = Math.floor(most / 2)) {
    const kept = all.slice(0, most)
    const notifications = makeNotifications(report, { cut: all.length - kept.length, suppressed: leftOut })
    const text = `${escapeJson(JSON.stringify(makeLog(report, kept, notifications), null, 2))}\n`
    if (most === 0 || fits(text)) return text
  }
}

function fits(text: string): boolean {
  const bytes = Buffer.byteLength(text)
  return bytes <= MOST_BYTES_GZIPPED || gzipSync(text).length <= MOST_BYTES_GZIPPED
}

function makeLog(
  report: Report,
  found: readonly SarifResult[],
  notifications: readonly SarifNotification[],
): object {
  const rules = makeSarifRules(report, found)
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'devflow-migrate',
            version: TOOL_VERSION,
            semanticVersion: TOOL_VERSION,
            informationUri: REPOSITORY_URL,
            rules,
          },
        },
        // One upload for each folder: a second one of the same category would close the alerts of the first.
        automationDetails: { id: `devflow-migrate/${encodePath(report.directory || 'migrations')}/` },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: report.exitCode === 0 || report.exitCode === 1,
            exitCode: report.exitCode,
            startTimeUtc: report.startedAt,
            toolExecutionNotifications: notifications,
          },
        ],
        results: found.map((result) => ({ ...result, ruleIndex: indexes.get(result.ruleId) ?? -1 })),
      },
    ],
  }
}
