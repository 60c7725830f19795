import type { Report } from '../model/report.js'
import { makeReportJson } from './make-report-json.js'

/**
 * The documented JSON report (`schema/report.schema.json`), ended by a line end. Safe to print in a GitHub job:
 * `##[` inside a text, which the runner would read as a command anywhere in a line, is spelled with an escape.
 */
export function renderJson(report: Report): string {
  return `${escapeForLogs(JSON.stringify(makeReportJson(report), null, 2))}\n`
}

/** The same JSON value in ASCII-safe controls: C1 and bidirectional controls can't reach a terminal. */
function escapeForLogs(json: string): string {
  return json
    .replaceAll('##[', '#\\u0023[')
    .replace(/[\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufeff]/g, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
