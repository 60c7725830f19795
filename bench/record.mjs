/**
 * What runs of the benchmark measured: each has its circumstances and its figures, by section, line and column. A figure
 * is a number, or a word that stands for it (`> 60 s`); of several runs the last one's counts, so what a run measured or
 * tried to measure is taken from those before it, and a figure never stands on the page without its run.
 */
export function addRun(runs, run) {
  const kept = runs.map((before) => ({ ...before, figures: keep(before.figures, isNotIn(run.figures)) }))
  const added = { ...run, figures: keep(run.figures, (_, figure) => figure !== null) }
  return [...kept, added].filter(({ figures }) => Object.keys(figures).length > 0)
}

const isNotIn =
  (figures) =>
  ([section, line, column]) =>
    figures[section]?.[line]?.[column] === undefined

function keep(figures, isKept, path = []) {
  const entries = Object.entries(figures).flatMap(([key, value]) => {
    const place = [...path, key]
    if (place.length === 3) return isKept(place, value) ? [[key, value]] : []
    const inner = keep(value, isKept, place)
    return Object.keys(inner).length === 0 ? [] : [[key, inner]]
  })
  return Object.fromEntries(entries)
}

/** So many pairs of what is promised as a ratio: the two take turns, and the middle one of the ratios counts. */
export const PAIRS = 7

/** Of what one run of the benchmark measured. A figure that is null takes that of an earlier run away. */
export function figuresOf(measured) {
  const { rows, parts, roundTripMs, besideLimit, growth, startUp, validate, rehearsal } = measured
  const figures = {}
  const put = (section, line, column, figure) => {
    figures[section] ??= {}
    figures[section][line] ??= {}
    figures[section][line][column] =
      typeof figure === 'number' ? Number(figure.toPrecision(6)) : (figure ?? null)
  }
  const context = { put, cellOf: makeCellOf(measured.capMs) }
  if (parts.includes('turns')) putTurns(rows, context)
  if (parts.includes('time')) putTimes(rows, roundTripMs, context)
  if (parts.includes('nothing')) putNothing(rows, context)
  if (parts.includes('memory')) putMemory(rows, context)
  if (besideLimit) putPairs(`pairs ${roundTripMs}`, besideLimit, ['limit', 'own'], context)
  if (growth) putPairs('growth', growth, ['1000', '10000'], context)
  for (const [major, medians] of startUp ?? []) putStartUp(major, medians, put)
  for (const [linter, runs] of validate ?? [])
    for (const [size, seconds] of runs) put('validate', linter, size, seconds)
  if (rehearsal) putRehearsal(rehearsal, put)
  return figures
}

/** Undefined is what took too long; a tool that can not do it says so. */
function makeCellOf(capMs) {
  return (run, what) => (run === undefined ? `> ${capMs / 1000} s` : run.fails ? 'fails' : run[what])
}

function putTurns(rows, { put, cellOf }) {
  for (const { name, near } of rows) {
    for (const [size, run] of near) {
      put('turns', name, size, cellOf(run, 'turns'))
      put('turns, nothing to do', name, size, run?.turnsAgain)
    }
  }
}

function putTimes(rows, roundTripMs, { put, cellOf }) {
  const limit = rows.find(({ isLimit }) => isLimit)
  for (const { name, near, far } of rows) {
    for (const [size, run] of near) put('time', name, size, cellOf(run, 'seconds'))
    for (const [workload, run] of far) {
      put(`far ${roundTripMs}`, name, workload, cellOf(run, 'seconds'))
      put(`far ${roundTripMs}`, name, `${workload} ratio`, ratio(run, limit?.far.get(workload)))
    }
  }
}

const ratio = (run, to, of = 'seconds') => (run?.[of] && to?.[of] ? run[of] / to[of] : null)

function putNothing(rows, { put }) {
  const peer = rows.find(({ name }) => name === 'node-pg-migrate')
  for (const { name, near } of rows) {
    for (const [size, run] of [...near].filter(([count]) => count >= 1000)) {
      put('nothing', name, size, run?.secondsAgain)
      put('nothing', name, `${size} ratio`, ratio(run, peer?.near.get(size), 'secondsAgain'))
    }
  }
}

function putMemory(rows, { put, cellOf }) {
  for (const { name, memory } of rows) {
    for (const [workload, run] of memory) put('memory', name, workload, cellOf(run, 'megabytes'))
    if (memory.has('notices')) put('memory', name, 'lines', memory.get('notices')?.lines)
  }
}

/** All of them, though the first may have taken too long: none of an earlier run stays beside those of this one. */
function putPairs(section, pairs, [one, other], { put, cellOf }) {
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [first, second] = pairs[pair] ?? []
    put(section, pair + 1, one, cellOf(first, 'seconds'))
    put(section, pair + 1, other, cellOf(second, 'seconds'))
  }
}

function putStartUp(major, medians, put) {
  for (const [program, ms] of medians) {
    put('start-up', program, major, ms)
    put('start-up', program, `${major} ratio`, ms / medians.get('empty module'))
  }
}

function putRehearsal({ files, tables, seconds, probeMs, schemaMs, openMs }, put) {
  for (const [roundTripMs, ways] of seconds) {
    for (const [way, time] of Object.entries(ways)) {
      put(`rehearsal ${files}`, way, roundTripMs, time)
      put(`rehearsal ${files}`, way, `${roundTripMs} ratio`, time / ways.apply)
    }
  }
  for (const [held, ms] of probeMs) put('rehearsal parts', `probe ${held} ${tables}`, 'ms', ms)
  put('rehearsal parts', `schema ${tables}`, 'ms', schemaMs)
  put('rehearsal parts', 'server', 'ms', openMs)
}
