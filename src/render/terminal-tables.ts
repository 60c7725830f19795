import type { HistoryEvent } from '../model/history.js'
import type { Report } from '../model/report.js'
import { alignColumns } from './align.js'
import { renderDuration } from './duration.js'
import { eventProof, eventWord } from './event-facts.js'
import { cutText, logLine } from './foreign-text.js'
import type { Colour, Paint } from './paint.js'
import { plural } from './plural.js'
import { makeRows, type Row, type RowState, rowWords } from './rows.js'
import { makeTally } from './tally.js'

const appliedShown = 5

const look: Readonly<Record<RowState, readonly [mark: string, colour: Colour]>> = {
  applied: ['✔', 'green'],
  failed: ['✖', 'red'],
  'failed-half-done': ['!', 'red'],
  partial: ['!', 'red'],
  unknown: ['?', 'red'],
  'not-reached': ['·', 'dim'],
  rehearsed: ['✔', 'green'],
  'partly-rehearsed': ['~', 'yellow'],
  'not-rehearsable': ['~', 'yellow'],
  'rehearsal-failed': ['✖', 'red'],
  pending: ['●', 'yellow'],
  'left-out': ['·', 'dim'],
}

/** One line a planned migration. Of very many those at both ends, and those that did not go as they should. */
export function planLines(report: Report, paint: Paint, width: number): string[] {
  const all = makeRows(report)
  const rows = all.length <= ROWS_SHOWN ? all : someOf(all)
  const left = all.length - rows.length
  return [
    ...rowLines(rows, paint, width),
    ...(left === 0 ? [] : [paint('dim', `  … and ${left} more, which the report in JSON names`)]),
  ]
}

const ROWS_SHOWN = 400
const ROWS_OF_AN_END = 100

function someOf(rows: readonly Row[]): readonly Row[] {
  const wrong = new Set(rows.filter(({ state }) => look[state][1] === 'red').slice(0, ROWS_OF_AN_END))
  return rows.filter(
    (row, index) => index < ROWS_OF_AN_END || index >= rows.length - ROWS_OF_AN_END || wrong.has(row),
  )
}

function rowLines(rows: readonly Row[], paint: Paint, width: number): string[] {
  const lines = alignColumns(rows.map((row) => planCells(row, width)))
  return rows.flatMap((row, index) => {
    const [mark, colour] = look[row.state]
    const line = `  ${paint(colour, mark)} ${lines[index] ?? ''}`
    if (row.remark === undefined) return [line]
    return [line, paint('dim', `      ${logLine(cutText(row.remark, 500))}`)]
  })
}

function planCells(row: Row, width: number): string[] {
  const remarks = [
    rowWords[row.state].word,
    ...(row.mode === 'no-transaction' ? ['outside a transaction'] : []),
    ...(row.outOfOrder ? ['out of order'] : []),
  ]
  const time = row.durationMs === undefined ? '' : renderDuration(row.durationMs)
  return [nameCell(row.name, width), remarks.join(', '), time]
}

/** The newest applied migrations, for the commands that ask what is there. */
export function appliedLines(report: Report, paint: Paint, width: number): string[] {
  if (report.command !== 'status' && report.command !== 'verify') return []
  const { applied } = makeTally(report)
  if (applied.length === 0) return []
  const newest = applied.slice(-appliedShown)
  const cells = newest.map(({ name, appliedAt, appliedBy }) => [
    nameCell(name, width),
    logLine(appliedAt ?? ''),
    appliedBy === null ? '' : `by ${logLine(cutText(appliedBy, 60))}`,
  ])
  const earlier = applied.length - newest.length
  return [
    paint('bold', plural(applied.length, 'migration is', 'migrations are').concat(' applied')),
    ...(earlier === 0 ? [] : [paint('dim', `  … ${earlier} earlier`)]),
    ...alignColumns(cells).map((line) => `  ${paint('green', '✔')} ${line}`),
  ]
}

/** One line an event of the append-only history, newest first; below it what proves it, and what it tells. */
export function eventLines({ events }: Report, paint: Paint, width: number): string[] {
  if (events.length === 0) return ['  No events are recorded.']
  const cells = events.map((event) => [
    logLine(event.executedAt),
    cell(eventWord(event)),
    nameCell(event.name ?? event.version, width),
    event.executionTimeMs === null ? '' : renderDuration(event.executionTimeMs),
    event.executedBy === null ? '' : `by ${cell(event.executedBy)}`,
    event.environment === null ? '' : `on ${cell(event.environment)}`,
  ])
  const lines = alignColumns(cells)
  return events.flatMap((event, index) => {
    const good = event.status === 'success'
    const line = `  ${paint(good ? 'green' : 'red', good ? '✔' : '✖')} ${lines[index] ?? ''}`
    return [line, ...moreOf(event).map((text) => paint('dim', `      ${logLine(cutText(text, 300))}`))]
  })
}

function moreOf(event: HistoryEvent): string[] {
  const proof = eventProof(event, (foreign) => foreign)
  const { forced, approvalComment, detail, errorMessage } = event
  return [
    ...(proof.length === 0 ? [] : [proof.join(' · ')]),
    ...(approvalComment ? [`approval: ${approvalComment}`] : []),
    ...(forced === null ? [] : [`forced: ${forced}`]),
    ...[detail, errorMessage].filter((text) => text !== null),
  ]
}

function cell(text: string): string {
  return logLine(cutText(text, 60))
}

function nameCell(name: string, width: number): string {
  return cutText(logLine(name), Math.max(20, width - 40))
}
