import type { CommentMarker } from '../model/comment.js'
import type { Redact } from '../model/config.js'
import type { Report } from '../model/report.js'
import { fitComment } from './comment-fit.js'
import { renderCommentMarker } from './comment-marker.js'
import { makeRehearsalFacts } from './comment-rehearsal.js'
import { byteLength, type Section } from './fit-sections.js'
import { cutText, markdownCode } from './foreign-text.js'
import { makeHeadline } from './headline.js'
import { makeDetails } from './summary-details.js'
import { makeFacts } from './summary-facts.js'
import { makeMainSections } from './summary-main.js'

export interface CommentAbout {
  readonly marker: CommentMarker
  /** Where the run's summary stands, which has everything. */
  readonly runUrl?: string | undefined
  /** A runner masks what is in its log, and nobody masks a comment. */
  readonly redact: Redact
}

/** GitHub's limit, less a mark that the comment is out of date. */
const LONGEST = 65_000

/**
 * GitHub-flavoured Markdown for a pull request: the marker, the verdict, the plan with its hash, what the rehearsal showed,
 * the findings. What was there before the run is left out, and what does not fit is named. It pings nobody, and commands
 * no bot.
 */
export function renderComment(report: Report, about: CommentAbout, limitBytes = LONGEST): string {
  const marker = renderCommentMarker(about.marker)
  const sections = [
    verdict(report, about),
    ...makeMainSections(report, makeRehearsalFacts(report)),
    ...makeDetails({ ...report, records: [], events: [] }),
  ]
  const render = (room: number) =>
    `${marker}\n${about.redact(guard(fitComment(sections, room, (titles) => missing(titles, about))))}`
  for (let room = limitBytes - byteLength(marker) - 1; ; ) {
    const text = render(room)
    // What was put into it since it was measured.
    const over = byteLength(text) - limitBytes
    if (over <= 0 || room < 0) return text
    room -= over
  }
}

function verdict(report: Report, { marker, runUrl }: CommentAbout): Section {
  const { icon, text } = makeHeadline(report, quote)
  const facts = [
    ...makeFacts(report),
    ...(isCommit(marker.commitSha) ? [`made for commit ${marker.commitSha.slice(0, 7)}`] : []),
    ...(isLink(runUrl) ? [`[the run](${runUrl})`] : []),
  ]
  const { hash = '' } = report.plan ?? {}
  const head = `## ${icon} ${text}\n\n${facts.join(' · ')}\n${hash === '' ? '' : `\nPlan hash: ${quote(hash)}\n`}`
  return { rank: 0, head, items: [], tail: '', more: () => '' }
}

function missing(titles: readonly string[], { runUrl }: CommentAbout): string {
  const where = isLink(runUrl) ? `[The summary of the run](${runUrl})` : 'The summary of the run'
  return `\nA comment has no room for all of it. Left out or cut short: ${titles.join(', ')}. ${where} has everything.\n`
}

/**
 * Blocks of code show lines as they are. GitHub pings nobody from there, but bots read what a comment holds and take a line
 * with `/approve` or `@dependabot merge` for a command.
 */
function guard(text: string): string {
  return text.replace(/^([^\S\n]*)(?=[@/][A-Za-z0-9])/gm, `$1${ZERO_WIDTH_SPACE}`)
}

const ZERO_WIDTH_SPACE = '\u200b'

function quote(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}

function isCommit(sha: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(sha)
}

function isLink(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\/[\w./:%?=#-]+$/.test(url)
}
