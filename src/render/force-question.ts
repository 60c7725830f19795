import type { Finding } from '../model/finding.js'
import { cutText, logLine } from './foreign-text.js'

const MOST_SHOWN = 30

/** The list that a person is shown before being asked whether to force it. Ends with a line end. */
export function renderForceQuestion(findings: readonly Finding[]): string {
  const lines = findings.slice(0, MOST_SHOWN).map(({ rule, file = '', position, message }) => {
    const place = position === undefined ? file : `${file}:${position.line}`
    return `  ${logLine(rule)}  ${logLine(cutText(place, 200))}  ${logLine(cutText(message, 300))}`
  })
  const rest = findings.length - lines.length
  const more = rest > 0 ? [`  and ${rest} more; validate shows them all`] : []
  return `${['This stops the run unless it is forced:', ...lines, ...more].join('\n')}\n`
}
