import type { Report } from '../model/report.js'
import { renderDuration } from './duration.js'
import type { Section } from './fit-sections.js'
import { cutText, markdownCode, markdownProse, markdownText } from './foreign-text.js'
import { makeHeldLocks } from './held-locks.js'
import { BLOCKED } from './lock-words.js'
import { makeLockText } from './longest-lock.js'
import { describeQuietly } from './measured-text.js'
import { makeRehearsalFiles, type RehearsalFile } from './rehearsal-files.js'
import { makePlaceText } from './rehearsal-place.js'
import { REHEARSAL_WORDS } from './rehearsal-words.js'
import { renderFileDetails } from './summary-measured.js'

/** Where the rehearsal ran, or why there was none, and the lock that an application would wait for most. */
export function makeRehearsalSection(report: Report): Section[] {
  const place = makePlaceText(report, prose)
  const [worst] = makeHeldLocks(report)
  const lock = makeLockText(report, worst, code)
  if (place === undefined && lock === undefined) return []
  const paragraphs = [
    ...(place === undefined ? [] : [`**${place.verdict}** ${place.text}`]),
    ...(place === undefined || place.items.length === 0
      ? []
      : [place.items.map((item) => `- ${item}`).join('\n')]),
    ...(lock === undefined ? [] : [`**${lock.label}** ${lock.text}`]),
  ]
  const head = `\n### Rehearsal\n\n${paragraphs.join('\n\n')}\n`
  return [{ rank: 2, head, items: [], tail: '', more: () => '' }]
}

/** File by file what the statements did, those worth knowing first with a table each, the rest a line each. */
export function makeMeasuredSection(report: Report): Section[] {
  const timesTell = report.rehearsedOn?.kind !== 'shadow'
  const items = apart(makeRehearsalFiles(report).flatMap((file) => renderFile(file, timesTell)))
  if (items.length === 0) return []
  const head = `\n<details><summary>What the rehearsal showed (${items.length})</summary>\n\n`
  const more = (count: number) =>
    `\n_${count === 1 ? 'One more file is' : `${count} more files are`} not shown here: the JSON report has them all._\n`
  return [{ rank: 7, head, items, tail: '\n</details>\n', more }]
}

function renderFile(file: RehearsalFile, timesTell: boolean): string[] {
  const details = file.isGrave ? renderFileDetails(file, timesTell) : ''
  if (details === '') return quietLine(file, timesTell)
  return [`<details><summary>${summarise(file, timesTell)}</summary>\n\n${details}\n</details>\n`]
}

/** A blank line ends HTML, and a list: without one the next item would be read as a part of it. */
function apart(items: readonly string[]): string[] {
  const kind = (item: string | undefined) => item?.startsWith('<')
  return items.map((item, index) =>
    index === 0 || kind(item) === kind(items[index - 1]) ? item : `\n${item}`,
  )
}

function quietLine({ rehearsed, statements }: RehearsalFile, timesTell: boolean): string[] {
  const { name, state, reason } = rehearsed
  const measured = statements.map((statement) => statement.measured)
  const facts = [
    ...(state === 'rehearsed' ? [] : [REHEARSAL_WORDS[state]]),
    ...(reason === undefined ? [] : [prose(reason)]),
    ...(measured.length === 0 ? [] : [describeQuietly(measured, timesTell)]),
  ]
  return facts.length === 0 ? [] : [`- ${code(name)}: ${facts.join(': ')}\n`]
}

/** In HTML, where Markdown is not read. */
function summarise({ rehearsed, worst }: RehearsalFile, timesTell: boolean): string {
  const state = rehearsed.state === 'rehearsed' ? [] : [REHEARSAL_WORDS[rehearsed.state]]
  const long = worst === undefined || !timesTell ? '' : ` for ${renderDuration(worst.heldMs)}`
  const lock = worst === undefined ? [] : [`blocks ${BLOCKED[worst.mode]} of ${tag(worst.relation)}${long}`]
  return [tag(rehearsed.name), ...state, ...lock].join(' · ')
}

function tag(foreign: string): string {
  return `<code>${markdownText(cutText(foreign, 200))}</code>`
}

function prose(foreign: string): string {
  return markdownProse(cutText(foreign, 1000))
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
