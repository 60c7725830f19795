import type { Report } from '../model/report.js'
import { renderBytes } from './bytes.js'
import { cutText, logLine } from './foreign-text.js'
import { makeHeldLocks } from './held-locks.js'
import { makeLockText } from './longest-lock.js'
import { describeLock, describeObjects, describeQuietly, describeRows } from './measured-text.js'
import type { Colour, Paint } from './paint.js'
import { plural } from './plural.js'
import { makeRehearsalFiles, type RehearsalFile, type RehearsedStatement } from './rehearsal-files.js'
import { makePlaceText } from './rehearsal-place.js'
import { isGrave, type Touched } from './touched.js'

/** Lines about statements; the rest is counted. */
const MOST_LINES = 30
const MOST_NAMES = 5
const MOST_RELATIONS = 3

/**
 * Where the rehearsal ran, the worst lock, and a line for each statement that keeps others out, rewrites, reads a table
 * from end to end, drops something or was not sent. With `verbose` a line for every statement.
 */
export function rehearsalLines(report: Report, paint: Paint, verbose: boolean): string[] {
  const place = makePlaceText(report, prose)
  const timesTell = report.rehearsedOn?.kind !== 'shadow'
  const [worst] = makeHeldLocks(report)
  const lock = makeLockText(report, worst, name)
  const files = makeRehearsalFiles(report)
  const lines = files.flatMap((file) => fileLines(file, { paint, verbose, timesTell }))
  const shown = verbose ? lines : lines.slice(0, MOST_LINES)
  const left = lines.length - shown.length
  return [
    ...(place === undefined ? [] : [`${paint('bold', place.verdict)} ${place.text}`]),
    ...(place?.items ?? []).map((item) => `  - ${item}`),
    ...(lock === undefined ? [] : [`${paint(worst ? 'yellow' : 'green', lock.label)} ${lock.text}`]),
    ...shown,
    ...(left === 0 ? [] : [paint('dim', `  … ${left} more: --verbose, or the JSON report, has them`)]),
  ]
}

interface Look {
  readonly paint: Paint
  readonly verbose: boolean
  readonly timesTell: boolean
}

function fileLines({ rehearsed, statements }: RehearsalFile, look: Look): string[] {
  const place = (line: number) => `  ${name(rehearsed.name)}:${line}  `
  const done = statements
    .filter((statement) => look.verbose || statement.isGrave)
    .map((statement) => place(statement.measured.position.line) + statementText(statement, look))
  const left = (rehearsed.left ?? []).map(
    ({ position, reason }) => `${place(position.line)}${look.paint('yellow', 'not sent')}: ${prose(reason)}`,
  )
  return [...done, ...left]
}

function statementText({ measured, touched, held }: RehearsedStatement, look: Look): string {
  const shown = look.verbose ? touched : touched.filter(isGrave)
  const relations = shown.slice(0, look.verbose ? shown.length : MOST_RELATIONS).map((one) => {
    const facts = [
      describeLock(one, held.get(one.relation), look.timesTell),
      ...(one.rewritten ? ['rewrites it'] : []),
      ...(one.scanned ? ['reads it from end to end'] : []),
      ...(one.changed ? [describeRows(one.changed)] : []),
    ].filter((fact) => fact !== '')
    return `${relationText(one)}: ${look.paint(colourOf(one), facts.join(', '))}`
  })
  const more = shown.length - relations.length
  const parts = [
    ...relations,
    ...(more === 0 ? [] : [plural(more, 'more relation')]),
    ...objects(
      'drops',
      measured.dropped.filter(({ cascaded }) => !cascaded),
    ),
    ...objects(
      'CASCADE drops',
      measured.dropped.filter(({ cascaded }) => cascaded),
    ),
    ...(look.verbose ? objects('creates', measured.created) : []),
  ]
  const quiet = parts.length === 0 ? [describeQuietly([measured], look.timesTell)] : parts
  return look.verbose ? `${look.paint('dim', name(measured.text))}  ${quiet.join('; ')}` : quiet.join('; ')
}

function relationText(touched: Touched): string {
  const bytes = touched.size?.bytes ?? null
  return `${name(touched.relation)}${bytes === null ? '' : ` (${renderBytes(bytes)})`}`
}

function colourOf({ lock, rewritten }: Touched): Colour {
  return rewritten || lock === 'AccessExclusive' ? 'red' : 'yellow'
}

function objects(verb: string, all: Parameters<typeof describeObjects>[0]): string[] {
  return all.length === 0 ? [] : [`${verb} ${describeObjects(all, MOST_NAMES, { code: name, prose: name })}`]
}

function name(foreign: string): string {
  return logLine(cutText(foreign, 120))
}

function prose(foreign: string): string {
  return logLine(cutText(foreign, 1000))
}
