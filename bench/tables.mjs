import { cpus } from 'node:os'

/** All measurements as Markdown. A part that was not measured has no section. */
export function renderReport(measured) {
  const sections = [
    promised(measured),
    ...(measured.parts.includes('turns') ? [turns(measured)] : []),
    ...(measured.parts.includes('time') ? [far(measured), near(measured)] : []),
    ...(measured.parts.includes('nothing') ? [nothingToDo(measured)] : []),
    ...(measured.parts.includes('memory') ? [memory(measured)] : []),
    ...(measured.startUp ? [startUp(measured)] : []),
    ...(measured.validate ? [validate(measured)] : []),
    ...(measured.rehearsal ? [renderRehearsal(measured)] : []),
    circumstances(measured),
  ]
  return sections.filter(Boolean).join('\n\n')
}

/** The promises that a figure of this run can keep or break. */
function promised({ rows, startUp, rehearsal, besideLimit, roundTripMs }) {
  const of = (name) => rows.find((row) => row.name === name)
  const ours = of('devflow-migrate')
  const bare = of('devflow-migrate without rehearsal')
  const peer = of('node-pg-migrate')
  const mostTurns = (row) => max([...(row?.near.values() ?? [])].map((run) => run?.turns))
  const again = (row, count) => row?.near.get(count)?.secondsAgain
  const lines = [
    ['turns, nothing to do', max([...(ours?.near.values() ?? [])].map((run) => run?.turnsAgain)), 4],
    ['turns, any number of files, not rehearsed', mostTurns(bare), 8],
    ['turns, any number of files, rehearsed', mostTurns(ours), 12],
    [`time at ${roundTripMs} ms to the limit, 100 files with rows, not rehearsed`, besideLimit, 1.3],
    [
      'time with nothing to do to node-pg-migrate, 1,000 files',
      ratio(again(ours, 1000), again(peer, 1000)),
      0.5,
    ],
    ['time with nothing to do, 10,000 files to 1,000', ratio(again(ours, 10000), again(ours, 1000)), 3],
    [
      'start-up to an empty module, command line',
      ratio(startUp?.get('command line'), startUp?.get('empty module')),
      2,
    ],
    ['start-up to an empty module, action', ratio(startUp?.get('action'), startUp?.get('empty module')), 2.2],
    [
      `ms to ask what a statement did, 50 locks held, ${count(rehearsal?.tables)} tables`,
      rehearsal?.probeMs.get(50),
      1,
    ],
    [`ms to compare the schema, ${count(rehearsal?.tables)} tables`, rehearsal?.schemaMs, 1000],
  ].filter(([, figure]) => figure !== undefined)
  if (lines.length === 0) return ''
  return section(
    'Promised',
    table(
      ['', 'measured', 'promised'],
      lines.map(([what, figure, most]) => [
        what,
        round(figure),
        `at most ${most}${figure > most ? ' **missed**' : ''}`,
      ]),
    ),
  )
}

function turns({ rows, sizes }) {
  const head = ['tool', 'nothing to do', ...sizes.map(files)]
  const lines = rows.map(({ name, near: runs }) => [
    name,
    // Of 100 files, where the number of files counts.
    (runs.get(100) ?? [...runs.values()].find(Boolean))?.turnsAgain ?? '–',
    ...sizes.map((size) => number(runs.get(size)?.turns)),
  ])
  return section('Turns on the wire', table(head, lines))
}

function far({ rows, roundTripMs }) {
  const limit = rows.find(({ isLimit }) => isLimit)
  const head = ['tool', 's, a table and an index', 'ratio', 's, with rows', 'ratio']
  const lines = rows.map((row) => [
    row.name,
    seconds(row.far?.seconds),
    round(ratio(row.far?.seconds, limit?.far?.seconds)),
    seconds(row.heavy?.seconds),
    round(ratio(row.heavy?.seconds, limit?.heavy?.seconds)),
  ])
  const title = `100 files at ${roundTripMs} ms round trip, and the ratio to one message`
  return section(title, table(head, lines))
}

function near({ rows, sizes, capMs }) {
  const head = ['tool', ...sizes.map((size) => `s, ${files(size)}`)]
  const lines = rows.map(({ name, near: runs }) => [
    name,
    ...sizes.map((size) => (runs.get(size) ? seconds(runs.get(size).seconds) : `> ${capMs / 1000}`)),
  ])
  return section('Time without latency', table(head, lines))
}

function nothingToDo({ rows, sizes }) {
  const large = sizes.filter((size) => size >= 1000)
  const base = large[0]
  const peer = rows.find(({ name }) => name === 'node-pg-migrate')?.near.get(base)?.secondsAgain
  const head = [
    'tool',
    ...large.map((size) => `s, ${files(size)}`),
    'ratio to node-pg-migrate',
    'ratio of the two',
  ]
  const lines = rows
    .filter(({ near: runs }) => [...runs.values()].some((run) => run?.secondsAgain !== undefined))
    .map(({ name, near: runs }) => {
      const times = large.map((size) => runs.get(size)?.secondsAgain)
      return [name, ...times.map(seconds), round(ratio(times[0], peer)), round(ratio(times[1], times[0]))]
    })
  return large.length === 0 ? '' : section('Nothing to do', table(head, lines))
}

function memory({ rows }) {
  const head = ['tool', 'MB, 1,000 files', 'MB, a file of 50 MB', 'MB, 1,000,000 notices', 'lines of output']
  const lines = rows.map(({ name, memory: runs }) => [
    name,
    megabytes(runs?.files),
    megabytes(runs?.large),
    megabytes(runs?.notices),
    number(runs?.notices?.lines),
  ])
  return section('Memory at most, of all processes of a tool', table(head, lines))
}

function startUp({ startUp: medians }) {
  const base = medians.get('empty module')
  const lines = [...medians].map(([name, milliseconds]) => [
    name,
    milliseconds.toFixed(0),
    round(milliseconds / base),
  ])
  return section('Start-up: an unknown word refused', table(['program', 'ms', 'ratio'], lines))
}

function validate({ validate: times }) {
  const [ours, theirs] = [...times.values()]
  const sizes = [...ours.keys()]
  const line = (name, cell) => [name, ...sizes.map(cell)]
  const lines = [...times].map(([name, runs]) => line(name, (size) => seconds(runs.get(size))))
  const ratios = line('ratio', (size) => round(ratio(ours.get(size), theirs.get(size))))
  const head = ['linter', ...sizes.map((size) => `s, ${files(size)}`)]
  return section('Reading and judging files, no database', table(head, [...lines, ratios]))
}

/** A dry run beside applying without a rehearsal, and what a rehearsal is made of. */
export function renderRehearsal({ rehearsal }) {
  const { files: size, tables, seconds: runs, probeMs, schemaMs, openMs } = rehearsal
  const line = (name, way) => [
    name,
    ...[...runs.values()].flatMap((run) => [seconds(run[way]), round(ratio(run[way], run.apply))]),
  ]
  const head = ['', ...[...runs.keys()].flatMap((ms) => [`s, ${ms} ms`, 'ratio'])]
  const lines = [
    line('migrate --rehearse off', 'apply'),
    line('dry-run on the target', 'target'),
    line('dry-run on a shadow by its URL', 'shadow'),
  ]
  const parts = [
    ...[...probeMs].map(([held, ms]) => [
      `asking what a statement did, ${count(held)} locks held, ${count(tables)} tables there`,
      ms.toFixed(2),
    ]),
    [`reading and comparing the schema, ${count(tables)} tables`, schemaMs.toFixed(0)],
    ['starting a server from binaries', openMs.toFixed(0)],
  ]
  return [
    section(`Rehearsing ${files(size)}, and the ratio to applying them`, table(head, lines)),
    section('What a rehearsal is made of', table(['', 'ms'], parts)),
  ].join('\n\n')
}

function circumstances({ version, runs }) {
  const node = process.versions.node
  return `PostgreSQL ${version}, Node ${node}, ${process.platform}, ${cpus().length} processors; the fastest of ${runs} up to 100 files.`
}

const section = (title, body) => `### ${title}\n\n${body}`
const count = (value) => value?.toLocaleString('en') ?? ''
const files = (size) => `${count(size)} ${size === 1 ? 'file' : 'files'}`
const number = (value) => value?.toLocaleString('en') ?? '–'
const seconds = (value) => value?.toFixed(2) ?? '–'
const megabytes = (run) => run?.megabytes?.toFixed(0) ?? '–'
const round = (value) => (value === undefined ? '–' : String(Number(value.toFixed(2))))
const ratio = (a, b) => (a === undefined || b === undefined ? undefined : a / b)

function max(values) {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

function table(head, lines) {
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
