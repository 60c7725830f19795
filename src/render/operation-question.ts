import type { Operation } from '../model/operation.js'
import { cutText, logLine } from './foreign-text.js'

const MOST_SHOWN = 30

/** What a person is shown before being asked whether it is to be done. Ends with a line end. */
export function renderOperationQuestion({ steps }: Operation): string {
  const lines = steps
    .slice(0, MOST_SHOWN)
    .flatMap(({ what, details = [] }) => [
      `  ${logLine(cutText(what, 300))}`,
      ...details.map((detail) => `    ${logLine(cutText(detail, 300))}`),
    ])
  const rest = steps.length - Math.min(steps.length, MOST_SHOWN)
  const more = rest > 0 ? [`  and ${rest} more; a dry run shows them all`] : []
  return `${['This would be done:', ...lines, ...more].join('\n')}\n`
}
