import type { NotificationEvent } from '../model/notification.js'
import type { Message, Some } from './make-message.js'
import { slackCode, slackText } from './slack-text.js'

/** What Slack's incoming webhooks take: a text for where blocks are not shown, and blocks. */
export interface SlackPayload {
  readonly text: string
  readonly blocks: readonly object[]
}

const ICONS: Readonly<Record<NotificationEvent, string>> = {
  failed: '❌',
  drift: '⚠️',
  'waiting-for-approval': '✋',
  applied: '✅',
  planned: '📋',
}

const TITLES: Readonly<Record<NotificationEvent, (command: string) => string>> = {
  failed: (command) => `${command} failed`,
  drift: () => 'drift',
  'waiting-for-approval': () => 'waiting for approval',
  applied: (command) => (command === 'migrate' ? 'migrations applied' : `${command} done`),
  planned: () => 'migrations planned',
}

/** Limits of Block Kit: a header of 150 characters, a text of 3,000, 50 blocks. */
const LONGEST_HEADER = 150
const LONGEST_TEXT = 2_900
const MOST_LISTED = 10

export function slackPayload(message: Message): SlackPayload {
  const { event, environment, project, title, command } = message
  const where = [project, environment].filter(Boolean).join(' · ')
  const head = `${ICONS[event]} ${where}: ${TITLES[event](command)}`
  return {
    text: cut(`${slackText(head)}. ${slackText(title)}`, LONGEST_TEXT),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(head, LONGEST_HEADER), emoji: false } },
      section(slackText(title)),
      ...listed('Failed', failureOf(message)),
      ...listed('What is wrong', linesOf(message.problems, slackText)),
      ...listed(
        'Applied',
        linesOf(message.applied, ({ name }) => slackCode(name)),
      ),
      ...listed(
        'Pending',
        linesOf(message.pending, ({ name }) => slackCode(name)),
      ),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', verbatim: true, text: cut(factsOf(message), LONGEST_TEXT) }],
      },
    ],
  }
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: cut(text, LONGEST_TEXT) } }
}

function listed(title: string, lines: readonly string[]): object[] {
  return lines.length === 0 ? [] : [section(`*${title}*\n${lines.map((line) => `• ${line}`).join('\n')}`)]
}

function failureOf({ failure }: Message): string[] {
  return failure === null
    ? []
    : [`${slackCode(failure.name)}: ${slackText(`${failure.code} ${failure.message}`)}`]
}

function linesOf<Item>({ count, first }: Some<Item>, show: (item: Item) => string): string[] {
  const shown = first.slice(0, MOST_LISTED).map(show)
  return count > shown.length ? [...shown, `and ${count - shown.length} more`] : shown
}

function factsOf({ database, planHash, actor, approver, runUrl, commitSha }: Message): string {
  const facts = [
    database === null ? '' : slackCode(`${database.host}:${database.port}/${database.name}`),
    actor === null ? '' : `by ${slackCode(actor)}`,
    approver === null ? '' : `approved by ${slackCode(approver)}`,
    commitSha === null ? '' : slackCode(commitSha.slice(0, 10)),
    planHash === null ? '' : `plan ${slackCode(planHash)}`,
    // Made of GitHub's own variables in GitHub's own form.
    runUrl === null ? '' : `<${slackText(runUrl)}|the run>`,
  ]
  return facts.filter(Boolean).join(' · ') || 'devflow-migrate'
}

/** Not in the middle of an entity. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/(?:&[a-z]{0,4}|[\ud800-\udbff])$/, '')}…`
}
