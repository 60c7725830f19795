import type { Report } from '../model/report.js'
import { renderDuration } from './duration.js'
import { renderCounts } from './finding-counts.js'
import { cutText, markdownCode } from './foreign-text.js'

/** What was run, where, how it ended and how long it took, each a few words of Markdown. */
export function makeFacts(report: Report): string[] {
  const counts = renderCounts(report)
  return [
    `Command ${quote(report.command)}`,
    `environment ${quote(report.environment)}`,
    `status **${report.status}**`,
    ...(report.dryRun ? ['dry run'] : []),
    renderDuration(report.durationMs),
    ...(counts === '' ? [] : [`**${counts}**`]),
  ]
}

function quote(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
