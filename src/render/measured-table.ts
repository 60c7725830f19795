import type { Measured } from '../model/measured.js'
import { renderBytes } from './bytes.js'
import { renderDuration } from './duration.js'
import { cutText, markdownCode } from './foreign-text.js'
import { describeLock, describeRows } from './measured-text.js'
import { plural } from './plural.js'
import type { RehearsedStatement } from './rehearsal-files.js'
import { isGrave, type Touched } from './touched.js'

/** What is shown of one file and of one statement; the JSON report has all. */
const MOST_STATEMENTS = 40
const MOST_RELATIONS = 6

/** A Markdown table of what statements did to relations that were there before, and what it leaves out. */
export function renderMeasuredTable(statements: readonly RehearsedStatement[], timesTell: boolean): string[] {
  const shown = chooseStatements(statements)
  if (shown.length === 0) return []
  const lines = shown.flatMap((statement) => makeLines(statement, timesTell))
  const columns = COLUMNS.filter(
    ({ needs, cell }) =>
      needs === undefined || ((needs === 'cells' || timesTell) && lines.some((line) => cell(line) !== '')),
  )
  const rows = [
    columns.map(({ head }) => head),
    columns.map(({ isNumber }) => (isNumber ? '--:' : ':--')),
    ...lines.map((line) => columns.map(({ cell }) => cell(line))),
  ]
  const left = statements.length - shown.length
  return [
    `${rows.map(toRow).join('\n')}\n`,
    ...(left === 0 ? [] : [`_${plural(left, 'more statement')} in the JSON report._\n`]),
  ]
}

/** Cells of one relation that one statement touched. */
interface Line {
  readonly statement: RehearsedStatement
  readonly touched: Touched | undefined
  readonly isFirst: boolean
  /** How many more relations it touched. */
  readonly more: number
  readonly timesTell: boolean
}

interface Column {
  readonly head: string
  readonly isNumber?: true
  readonly cell: (line: Line) => string
  /** Left out where no cell has anything; or also where times say nothing. */
  readonly needs?: 'cells' | 'times'
}

const COLUMNS: readonly Column[] = [
  { head: 'Line', isNumber: true, cell: once(({ position }) => String(position.line)) },
  { head: 'Statement', cell: once(({ text }) => code(cutText(text, 80))) },
  { head: 'Relation', cell: relationCell },
  { head: 'Lock', cell: lockCell },
  { head: 'Rewrite', cell: ({ touched }) => (touched?.rewritten ? '**yes**' : '') },
  { head: 'Scan', cell: ({ touched }) => (touched?.scanned ? 'yes' : '') },
  { head: 'Size', isNumber: true, cell: sizeCell, needs: 'cells' },
  {
    head: 'Rows',
    cell: ({ touched }) => (touched?.changed ? describeRows(touched.changed) : ''),
    needs: 'cells',
  },
  {
    head: 'Time',
    isNumber: true,
    cell: once(({ durationMs }) => renderDuration(durationMs)),
    needs: 'times',
  },
  {
    head: 'WAL',
    isNumber: true,
    cell: once(({ walBytes = 0 }) => (walBytes === 0 ? '' : renderBytes(walBytes))),
    needs: 'times',
  },
]

/** Of a statement, not of a relation: on its first line. */
function once(cell: (measured: Measured) => string): (line: Line) => string {
  return ({ isFirst, statement }) => (isFirst ? cell(statement.measured) : '')
}

function relationCell({ touched, more }: Line): string {
  if (touched === undefined) return ''
  return `${code(touched.relation)}${more === 0 ? '' : ` and ${more} more`}`
}

function lockCell({ touched, statement, timesTell }: Line): string {
  return touched === undefined ? '' : describeLock(touched, statement.held.get(touched.relation), timesTell)
}

function sizeCell({ touched }: Line): string {
  const bytes = touched?.size?.bytes ?? null
  return bytes === null ? '' : renderBytes(bytes)
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** All, in their order; of too many those that are worth knowing. */
function chooseStatements(statements: readonly RehearsedStatement[]): readonly RehearsedStatement[] {
  if (statements.length <= MOST_STATEMENTS) return statements
  return statements.filter((statement) => statement.isGrave).slice(0, MOST_STATEMENTS)
}

function makeLines(statement: RehearsedStatement, timesTell: boolean): Line[] {
  const telling = statement.touched.filter((one) => isGrave(one) || one.changed !== undefined)
  // A weak lock alone is worth a word only where there is nothing else to say.
  const all = telling.length === 0 ? statement.touched.slice(0, 1) : telling
  const shown = all.slice(0, MOST_RELATIONS)
  if (shown.length === 0) return [{ statement, touched: undefined, isFirst: true, more: 0, timesTell }]
  return shown.map((touched, index) => ({
    statement,
    touched,
    isFirst: index === 0,
    more: index === shown.length - 1 ? all.length - shown.length : 0,
    timesTell,
  }))
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
