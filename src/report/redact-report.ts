import type { Redact } from '../model/config.js'
import type { Finding, Fix } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { redactOperation } from './redact-operation.js'
import { redactRehearsal } from './redact-rehearsal.js'

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
  const rehearsal = redactRehearsal(report, redact)
  return {
    ...report,
    findings: report.findings.map((finding) => redactFinding(finding, redact)),
    suppressed: report.suppressed.map((one) => ({
      ...redactFinding(one, redact),
      reason: redact(one.reason),
    })),
    ...rehearsal,
    ...(report.approval ? { approval: redacted(report.approval, ['comment']) } : {}),
    ...(report.backup ? { backup: redacted(report.backup, ['path']) } : {}),
    rehearsal: rehearsal.rehearsal.map(withFailure),
    outcomes: report.outcomes.map(withFailure),
    ...(report.operation ? { operation: redactOperation(report.operation, redact) } : {}),
    records: report.records.map((record) => redacted(record, ['errorMessage'])),
    events: report.events.map((event) => redacted(event, ['errorMessage', 'detail', 'approvalComment'])),
  }
}

function redactFinding<Found extends Finding>(finding: Found, redact: Redact): Found {
  const { message, help, excerpt, fix } = finding
  return {
    ...finding,
    message: redact(message),
    help: redact(help),
    ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
    ...(fix === undefined ? {} : { fix: redactFix(fix, redact) }),
  }
}

function redactFix({ title, edits, next, preview }: Fix, redact: Redact): Fix {
  return {
    title: redact(title),
    edits: edits.map((edit) => ({ ...edit, text: redact(edit.text) })),
    ...(next === undefined ? {} : { next: redact(next) }),
    ...(preview === undefined ? {} : { preview: redact(preview) }),
  }
}
