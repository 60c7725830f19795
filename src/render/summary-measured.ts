import type { Rehearsed } from '../model/outcome.js'
import { renderFailureCode } from './failure-code.js'
import { cutText, markdownCode, markdownProse, markdownText } from './foreign-text.js'
import { renderMeasuredTable } from './measured-table.js'
import { describeObjects } from './measured-text.js'
import type { RehearsalFile, RehearsedStatement } from './rehearsal-files.js'

/** So many objects are named in a line, and so many lines shown of a kind; the JSON report has all. */
const MOST_NAMES = 20

/**
 * What one file's statements did: a table, what came and went, and what was not sent. Empty where there is no more to say
 * than its state and the reason.
 */
export function renderFileDetails({ rehearsed, statements }: RehearsalFile, timesTell: boolean): string {
  const { reason, failure } = rehearsed
  const table = renderMeasuredTable(statements, timesTell)
  const list = [...objectLines(statements), ...leftLines(rehearsed)]
  if (table.length + list.length === 0) return ''
  return [
    ...(reason === undefined ? [] : [`${prose(reason)}\n`]),
    ...(failure === undefined
      ? []
      : [
          `Failed${lineOf(failure.position)}: ${prose(failure.message)} (${renderFailureCode(failure.code, code)})\n`,
        ]),
    ...table,
    ...(list.length === 0 ? [] : [list.join('')]),
  ].join('\n')
}

function objectLines(statements: readonly RehearsedStatement[]): string[] {
  const created = statements.flatMap(({ measured }) => measured.created)
  const named = statements.flatMap(({ measured }) => measured.dropped.filter(({ cascaded }) => !cascaded))
  return [
    ...(created.length === 0 ? [] : [`- Created: ${describe(created)}\n`]),
    ...(named.length === 0 ? [] : [`- Dropped: ${describe(named)}\n`]),
    ...atMost(statements.flatMap(victimLine), 'Went with it'),
  ]
}

function victimLine({ measured }: RehearsedStatement): string[] {
  const victims = measured.dropped.filter(({ cascaded }) => cascaded)
  if (victims.length === 0) return []
  return [`- **Went with it** (line ${measured.position.line}): ${describe(victims)}\n`]
}

function leftLines({ left = [] }: Rehearsed): string[] {
  const lines = left.map(({ position, text, reason }) => {
    return `- Not sent (line ${position.line}): ${code(cutText(text, 80))}: ${prose(reason)}\n`
  })
  return atMost(lines, 'Not sent')
}

function atMost(lines: string[], what: string): string[] {
  const more = lines.length - MOST_NAMES
  return more <= 0 ? lines : [...lines.slice(0, MOST_NAMES), `- ${what}: ${more} more, in the JSON report\n`]
}

function lineOf(position: { readonly line: number } | undefined): string {
  return position === undefined ? '' : ` at line ${position.line}`
}

function describe(objects: Parameters<typeof describeObjects>[0]): string {
  return describeObjects(objects, MOST_NAMES, { code, prose: markdownText })
}

function prose(foreign: string): string {
  return markdownProse(cutText(foreign, 500))
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
