import type { Report } from '../model/report.js'
import { escapeJson } from './escape-json.js'
import { makeReportJson } from './make-report-json.js'

/**
 * The documented JSON report (`schema/report.schema.json`), ended by a line end. Safe to print in a GitHub job:
 * `##[` inside a text, which the runner would read as a command anywhere in a line, is spelled with an escape.
 */
export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(makeReportJson(report), null, 2))}\n`
}
