import type { Report } from '../model/report.js'
import { fitSections, type Section } from './fit-sections.js'
import { cutText, markdownCode } from './foreign-text.js'
import { makeHeadline } from './headline.js'
import { makeDetails } from './summary-details.js'
import { makeFacts } from './summary-facts.js'
import { makeMainSections } from './summary-main.js'

/**
 * GitHub-flavoured Markdown for the job summary: the verdict, one table, everything else folded. GitHub drops a
 * summary above 1 MiB whole, so it stays within `limitBytes` of UTF-8 by leaving out details, then table rows.
 */
export function renderSummary(report: Report, limitBytes = 1_000_000): string {
  return fitSections([verdict(report), ...makeMainSections(report), ...makeDetails(report)], limitBytes)
}

function quote(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}

function verdict(report: Report): Section {
  const { icon, text } = makeHeadline(report, quote)
  return {
    rank: 0,
    head: `## ${icon} ${text}\n\n${makeFacts(report).join(' · ')}\n${toApprove(report)}`,
    items: [],
    tail: '',
    more: () => '',
  }
}

/** By which whoever approves a plan names it. */
function toApprove({ command, dryRun, plan }: Report): string {
  const isPlan = command === 'plan' || dryRun
  return isPlan && plan?.hash !== undefined ? `\nPlan hash: ${quote(plan.hash)}\n` : ''
}
