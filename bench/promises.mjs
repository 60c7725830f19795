import { PAIRS } from './record.mjs'
import { count, round } from './words.mjs'

const REHEARSED = 'devflow-migrate'
const BARE = 'devflow-migrate without rehearsal'
const FAR = 'time at 20 ms to the limit, 100 files with rows, not rehearsed'
const GROWTH = 'time with nothing to do, 10,000 files to 1,000'

/**
 * The promises that a figure keeps or breaks, each with the cells it comes from, and the words of what was measured. All
 * of them, measured or not: a line that were left out would hide a miss.
 *
 * @returns what it is, what was measured, the most it may be, whether it is missed, and its cells
 */
export function promisesOf(book) {
  const one = (what, place, most) => judge(what, most, [book.cell(...place)], ([figure]) => figure)
  const startUp = majorsOf(book).flatMap((major) =>
    [
      ['command line', 2],
      ['action', 2.2],
    ].map(([program, most]) =>
      one(
        `start-up to an empty module, ${program}, Node ${major}`,
        ['start-up', program, `${major} ratio`],
        most,
      ),
    ),
  )
  return [
    mostTurns(book, 'turns, nothing to do', ['turns, nothing to do', REHEARSED, BARE], 4),
    mostTurns(book, 'turns, not rehearsed', ['turns', BARE], 8),
    mostTurns(book, 'turns, rehearsed', ['turns', REHEARSED], 12),
    middleOfPairs(book, FAR, ['pairs 20', 'own', 'limit'], 1.3),
    one('time with nothing to do to node-pg-migrate, 1,000 files', ['nothing', REHEARSED, '1000 ratio'], 0.5),
    middleOfPairs(book, GROWTH, ['growth', '10000', '1000'], 3),
    ...startUp,
    one(
      'ms to ask what a statement did, 50 locks held, 2,000 tables',
      ['rehearsal parts', 'probe 50 2000', 'ms'],
      1,
    ),
    one('ms to compare the schema, 2,000 tables', ['rehearsal parts', 'schema 2000', 'ms'], 1000),
  ]
}

/** What was measured, and 24, which the action runs on. */
function majorsOf(book) {
  const measured = book.columns('start-up').filter((column) => !column.endsWith(' ratio'))
  return [...new Set([...measured, '24'])].sort()
}

/** The most that any number of files took; how many were measured is said, and what took too long. */
function mostTurns(book, what, [section, ...tools], most) {
  const cells = book.cells(section).filter(({ line }) => tools.includes(line))
  const [measured, late] = [cells.filter(isMeasured), cells.filter((cell) => !isMeasured(cell))]
  const sizes = measured.map(({ column }) => Number(column))
  const range = [...new Set([Math.min(...sizes), Math.max(...sizes)])].map(count).join(' to ')
  const named = measured.length === 0 ? what : `${what}, ${range} ${range === '1' ? 'file' : 'files'}`
  const missing = late.map(({ column, figure }) => `, ${count(Number(column))} files ${figure}`).join('')
  return judge(
    named,
    most,
    measured.length > 0 ? measured : late.slice(0, 1),
    (figures) => Math.max(...figures),
    () => missing,
  )
}

/** Of the ratios the middle one counts; the least and the most are told. */
function middleOfPairs(book, what, [section, over, under], most) {
  const pairs = Array.from({ length: PAIRS }, (_, index) =>
    [over, under].map((column) => book.cell(section, String(index + 1), column)),
  )
  const ratios = pairs
    .filter((pair) => pair.every(isMeasured))
    .map(([one, other]) => one.figure / other.figure)
    .sort((one, other) => one - other)
  if (ratios.length < PAIRS) return judge(what, most, pairs.flat().filter(isLate).slice(0, 1))
  const spread = ` (${round(ratios[0])} to ${round(ratios.at(-1))} in ${PAIRS} pairs)`
  return judge(
    what,
    most,
    pairs.flat(),
    () => ratios[Math.floor(PAIRS / 2)],
    () => spread,
  )
}

const isMeasured = (cell) => typeof cell?.figure === 'number'
const isLate = (cell) => typeof cell?.figure === 'string'

function judge(what, most, cells, figureOf, more = () => '') {
  const known = cells.filter(Boolean)
  if (known.length === 0) return { what, most, measured: 'not measured', missed: false, cells: [] }
  if (!known.every(isMeasured)) return { what, most, measured: known[0].figure, missed: false, cells: known }
  const figure = figureOf(known.map((cell) => cell.figure))
  return { what, most, measured: `${round(figure)}${more(figure)}`, missed: figure > most, cells: known }
}
