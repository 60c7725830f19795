import { openBook } from './book.mjs'
import { promisesOf } from './promises.mjs'
import { PAIRS } from './record.mjs'
import { count, files, round } from './words.mjs'

/**
 * Figures of one or more runs as Markdown: each section says which run its figures are of, and at the end stands what
 * each run was. A section of which nothing was measured is left out, what stands for its promises is not.
 *
 * @param order names of lines, in the order they are to stand in
 */
export function renderReport(runs, order = []) {
  const page = { book: openBook(runs), runs, order }
  return [promised(page), ...renderSections(page), circumstances(runs)].filter(Boolean).join('\n\n')
}

/** The sections alone, of one run. */
export function renderFigures(figures) {
  const runs = [{ figures }]
  return renderSections({ book: openBook(runs), runs, order: [] })
    .filter(Boolean)
    .join('\n\n')
}

function renderSections(page) {
  const { book } = page
  return [
    turns(page),
    ...book.kinds('far').map((ms) => far(page, ms)),
    ...book.kinds('pairs').map((ms) => besideLimit(page, ms)),
    bySize(page, 'Time without latency', 'time', 'tool'),
    startUp(page),
    ...book.kinds('rehearsal').map((size) => rehearsal(page, size)),
    rehearsalParts(page),
    nothingToDo(page),
    growth(page),
    memory(page),
    bySize(page, 'Reading and judging files, no database', 'validate', 'linter'),
  ]
}

function promised({ book }) {
  const lines = promisesOf(book).map(({ what, measured, most, missed, cells }) => [
    what,
    measured,
    `at most ${most}${missed ? ' **missed**' : ''}`,
    [...new Set(cells.map(({ run }) => run))].join(', ') || '–',
  ])
  return `### Promised\n\n${table(['', 'measured', 'promised', 'run'], lines)}`
}

function turns(page) {
  const sizes = page.book.columns('turns')
  const idle = page.book.columns('turns, nothing to do')
  const at = idle.includes('100') ? '100' : idle[0]
  const again = at && {
    section: 'turns, nothing to do',
    key: at,
    name: `nothing to do, ${files(Number(at))}`,
  }
  const columns = sizes.map((key) => ({ key, name: files(Number(key)), write: count }))
  return section(page, 'Turns on the wire', 'turns', 'tool', [
    ...(again ? [{ ...again, write: count }] : []),
    ...columns,
  ])
}

function far(page, ms) {
  const ratio = (key) => ({ key: `${key} ratio`, name: 'ratio', write: round, isRatio: true })
  return section(
    page,
    `100 files at ${ms} ms round trip, and the ratio to one message`,
    `far ${ms}`,
    'tool',
    [
      { key: 'plain', name: 's, a table and an index', write: seconds },
      ratio('plain'),
      { key: 'rows', name: 's, with rows', write: seconds },
      ratio('rows'),
    ],
  )
}

function besideLimit(page, ms) {
  return pairs(page, `In turn with one message, at ${ms} ms, 100 files with rows`, `pairs ${ms}`, [
    ['limit', 's, psql -c in one message'],
    ['own', 's, devflow-migrate without rehearsal'],
  ])
}

function growth(page) {
  return pairs(page, 'Nothing to do, 1,000 and 10,000 files in turn', 'growth', [
    ['1000', 's, 1,000 files'],
    ['10000', 's, 10,000 files'],
  ])
}

/** In the order of the first of the two, since the ratio goes with it. */
function pairs(page, title, name, [[one, first], [other, second]]) {
  const { book, runs } = page
  const cells = Array.from({ length: PAIRS }, (_, index) =>
    [one, other].map((column) => book.cell(name, String(index + 1), column)),
  ).filter((pair) => pair.every(Boolean))
  if (cells.length === 0) return ''
  const lines = cells
    .map((pair) => pair.map(({ figure }) => figure))
    .sort(([a], [b]) => a - b)
    .map(([a, b]) => [show(a, seconds), show(b, seconds), show(b / a, round)])
  return `### ${title}\n\n${table([first, second, 'ratio'], lines)}${below(named(cells.flat(), runs))}`
}

function bySize(page, title, name, corner) {
  const columns = page.book
    .columns(name)
    .map((key) => ({ key, name: `s, ${files(Number(key))}`, write: seconds }))
  return section(page, title, name, corner, columns)
}

function nothingToDo(page) {
  const columns = page.book.columns('nothing').filter((key) => !key.endsWith(' ratio'))
  const both = columns.flatMap((key) => [
    { key, name: `s, ${files(Number(key))}`, write: seconds },
    { key: `${key} ratio`, name: 'ratio to node-pg-migrate', write: round, isRatio: true },
  ])
  return section(page, 'Nothing to do', 'nothing', 'tool', both)
}

function memory(page) {
  const sizes = page.book.columns('memory').filter((key) => /^\d+$/.test(key))
  return section(page, 'Memory at most, of all processes of a tool', 'memory', 'tool', [
    ...sizes.map((key) => ({ key, name: `MB, ${files(Number(key))}`, write: whole })),
    { key: 'large', name: 'MB, a file of 50 MB', write: whole },
    { key: 'notices', name: 'MB, 1,000,000 notices', write: whole },
    { key: 'lines', name: 'lines of output', write: count },
  ])
}

function startUp(page) {
  const majors = page.book.columns('start-up').filter((key) => !key.endsWith(' ratio'))
  const columns = majors.flatMap((major) => [
    { key: major, name: `ms, Node ${major}`, write: whole },
    { key: `${major} ratio`, name: 'ratio', write: round, isRatio: true },
  ])
  return section(page, 'Start-up: an unknown word refused', 'start-up', 'program', columns)
}

const WAYS = {
  apply: 'migrate --rehearse off',
  target: 'dry-run on the target',
  shadow: 'dry-run on a shadow by its URL',
}

/** A dry run beside applying without a rehearsal. */
function rehearsal(page, size) {
  const name = `rehearsal ${size}`
  const columns = page.book
    .columns(name)
    .filter((key) => !key.endsWith(' ratio'))
    .flatMap((ms) => [
      { key: ms, name: `s, ${ms} ms`, write: seconds },
      { key: `${ms} ratio`, name: 'ratio', write: round, isRatio: true },
    ])
  const title = `Rehearsing ${files(Number(size))}, and the ratio to applying them`
  return section(page, title, name, '', columns, (way) => WAYS[way])
}

function rehearsalParts(page) {
  const columns = [{ key: 'ms', name: 'ms', write: round }]
  return section(page, 'What a rehearsal is made of', 'rehearsal parts', '', columns, (line) => {
    const [what, ...numbers] = line.split(' ')
    const [one, other] = numbers.map((number) => count(Number(number)))
    if (what === 'probe') return `asking what a statement did, ${one} locks held, ${other} tables there`
    return what === 'schema'
      ? `reading and comparing the schema, ${one} tables`
      : 'starting a server from binaries'
  })
}

/**
 * A table of a section's cells. A column of which nothing was measured is left out; in the others `–` is what was not.
 *
 * @param columns `key` and `name`, how a number is written, and whether it is a ratio, which is of the run that the
 *   figure before it is of
 */
function section({ book, runs, order }, title, name, corner, columns, nameOf = (line) => line) {
  const placed = columns.map((column) => ({ section: name, ...column }))
  const shown = placed.filter(({ section: from, key }) => book.columns(from).includes(key))
  // What is no tool stands before them.
  const lines = book.lines(name).sort((one, other) => order.indexOf(one) - order.indexOf(other))
  if (lines.length === 0) return ''
  const rows = lines.map((line) => [
    nameOf(line),
    ...shown.map(({ section: from, key, write }) => show(book.cell(from, line, key)?.figure, write)),
  ])
  const cells = shown
    .filter(({ isRatio }) => !isRatio)
    .flatMap(({ section: from, key, name: label }) =>
      lines.flatMap((line) => {
        const cell = book.cell(from, line, key)
        return cell ? [{ ...cell, line: nameOf(line), column: label }] : []
      }),
    )
  const head = [corner, ...shown.map((column) => column.name)]
  return `### ${title}\n\n${table(head, rows)}${below(named(cells, runs))}`
}

/** Which run the cells are of: the one that most are of, and what is of another. */
function named(cells, runs) {
  const numbers = [...new Set(cells.map(({ run }) => run))].sort((one, other) => one - other)
  if (runs.every(({ at }) => at === undefined) || numbers.length === 0) return ''
  const of = (number) => cells.filter(({ run }) => run === number)
  const [most, ...others] = numbers.sort((one, other) => of(other).length - of(one).length)
  const dated = (number) => `run ${number}, ${runs[number - 1].at.slice(0, 10)}`
  const parts = others.map((number) => `${partOf(of(number), cells)}: ${dated(number)}`)
  return [`Of ${dated(most)}`, ...parts].join('; ')
}

/** By its columns where they are wholly of that run, else by its lines where those are, else one by one. */
function partOf(part, all) {
  for (const by of ['column', 'line']) {
    const names = [...new Set(part.map((cell) => cell[by]))]
    if (all.filter((cell) => names.includes(cell[by])).length === part.length) return list(names)
  }
  return list(part.map(({ line, column }) => `${line}, ${column}`))
}

const list = (names) => names.map((name) => `"${name}"`).join(', ')
const below = (text) => (text ? `\n\n${text}.` : '')

function circumstances(runs) {
  const lines = runs.map(
    ({ at, bundle, version, postgres, node, platform, processors, fastestOf, capSeconds }, index) =>
      `- Run ${index + 1}: ${at.slice(0, 16).replace('T', ' ')} UTC, devflow-migrate ${version} (\`${bundle}\`), PostgreSQL ${postgres}, Node ${node}, ` +
      `${platform}, ${processors} processors; the fastest of ${fastestOf} up to 100 files, one run of more; nothing longer than ${capSeconds} s.`,
  )
  return lines.join('\n')
}

const show = (figure, write) =>
  typeof figure === 'number' ? (Number.isNaN(figure) ? '–' : write(figure)) : (figure ?? '–')
const seconds = (value) => value.toFixed(2)
const whole = (value) => value.toFixed(0)

function table(head, lines) {
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
