import type { Redact } from '../model/config.js'
import type { Report } from '../model/report.js'

/**
 * The report without the database's password in what a file, or another runner's history, holds of it: an excerpt of
 * `ALTER ROLE app PASSWORD '…'`, a parser's message. What the server says is redacted where it comes in.
 */
export function redactReport(report: Report, redact: Redact): Report {
  const redacted = <T extends object, K extends keyof T>(one: T, keys: readonly K[]): T => {
    const texts = keys.flatMap((key) => {
      const text = one[key]
      return typeof text === 'string' ? [[key, redact(text)] as const] : []
    })
    return texts.length === 0 ? one : { ...one, ...Object.fromEntries(texts) }
  }
  const withFailure = <T extends Pick<Report['outcomes'][number], 'failure'>>(one: T): T =>
    one.failure ? { ...one, failure: redacted(one.failure, ['message', 'hint', 'excerpt']) } : one
  return {
    ...report,
    findings: report.findings.map((finding) => redacted(finding, ['message', 'excerpt'])),
    rehearsal: report.rehearsal.map((one) => withFailure(redacted(one, ['reason']))),
    outcomes: report.outcomes.map(withFailure),
    records: report.records.map((record) => redacted(record, ['errorMessage'])),
    events: report.events.map((event) => redacted(event, ['errorMessage'])),
  }
}
