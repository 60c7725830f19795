// Everything that docs/performance.md says, beside other tools, in one run: turns on the wire, time, what nothing to do
// costs, memory, start-up, validation, rehearsal. Prints Markdown; `--write` also puts it into docs/performance.md, between its two marks.
//
//   node bench/bench.mjs [--write] [--parts turns,time,nothing,memory,startup,validate,rehearsal] [--only devflow-migrate,dbmate]
//     [--sizes 1,10,100,1000,10000] [--tables 2000] [--round-trip 20] [--runs 3] [--cap 120]
//
// Sizes are numbers of files; tables are there when the parts of a rehearsal are measured; the round trip is in milliseconds; of so many runs the fastest counts (of more than 100
// files there is one); what takes longer than the cap, in seconds, is stopped and shown so. All of it takes half an hour.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fastest, measureRun } from './measure.mjs'
import { mergeReports } from './merge-report.mjs'
import { measureRehearsal } from './rehearsal.mjs'
import { openServer } from './server.mjs'
import { measureStartUp } from './startup.mjs'
import { renderReport } from './tables.mjs'
import { tools } from './tools.mjs'
import { measureValidate } from './validate.mjs'
import { largeFile, manyNotices, tablesAndIndexes, tablesWithRows } from './workloads.mjs'

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    parts: { type: 'string', default: 'turns,time,nothing,memory,startup,validate,rehearsal' },
    only: { type: 'string' },
    sizes: { type: 'string', default: '1,10,100,1000,10000' },
    'round-trip': { type: 'string', default: '20' },
    tables: { type: 'string', default: '2000' },
    runs: { type: 'string', default: '3' },
    cap: { type: 'string', default: '120' },
  },
})
const parts = values.parts.split(',')
const sizes = values.sizes.split(',').map(Number)
const roundTripMs = Number(values['round-trip'])
const runs = Number(values.runs)
const capMs = Number(values.cap) * 1000
const only = values.only?.split(',')
const chosen = tools.filter(({ name }) => only === undefined || only.includes(name))

/** Files that are measured far away: more would only take longer. */
const FAR = 100

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'devflow-bench-files-'))
  // All files are rehearsed in one transaction, which holds a lock on each table and index.
  const server = await openServer(['max_locks_per_transaction=4096'])
  try {
    const place = { server, folder, capMs }
    const [{ server_version: version }] = await server.query('postgres', 'show server_version')
    const rows = []
    for (const tool of needsTools() ? chosen : [])
      rows.push({ name: tool.name, isLimit: tool.isLimit, ...(await measureTool(tool, place)) })
    const startUp = parts.includes('startup') ? measureStartUp(41) : undefined
    const validate = parts.includes('validate') ? await measureValidate([100, 1000, 5000], 5) : undefined
    const rehearsal = parts.includes('rehearsal') ? await measureRehearsals(server) : undefined
    const besideLimit = parts.includes('time') ? await measureBesideLimit(place) : undefined
    const measured = {
      startUp,
      validate,
      rehearsal,
      besideLimit,
      parts,
      sizes,
      roundTripMs,
      runs,
      capMs,
      version,
    }
    const text = renderReport({ rows, ...measured })
    process.stdout.write(`${text}\n`)
    if (values.write) writeInto(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), text)
  } finally {
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }
}

function needsTools() {
  return ['turns', 'time', 'nothing', 'memory'].some((part) => parts.includes(part))
}

/** Of not more files than were asked for. */
function measureRehearsals(server) {
  const files = Math.min(FAR, Math.max(...sizes))
  return measureRehearsal({ server, files, tables: Number(values.tables), roundTripMs, runs, tell })
}

async function measureTool(tool, place) {
  const row = { near: new Map(), far: undefined, heavy: undefined, memory: undefined }
  const wanted = ['turns', 'time', 'nothing'].some((part) => parts.includes(part))
  if (wanted) for (const count of sizes) row.near.set(count, await measureNear(tool, place, count, row.near))
  if (parts.includes('time')) {
    row.far = await measureFar(tool, place, tablesAndIndexes(FAR))
    row.heavy = await measureFar(tool, place, tablesWithRows(FAR))
  }
  if (parts.includes('memory')) row.memory = await measureMemory(tool, place)
  return row
}

/** Without latency. A size is left out where the one before took so long that this one can't end in time. */
async function measureNear(tool, place, count, before) {
  const [last] = [...before].slice(-1)
  if (last && (last[1] === undefined || (last[1].seconds * count) / last[0] > (1.5 * capMs) / 1000))
    return undefined
  tell(`${tool.name}: ${count} files`)
  const workload = { ...tablesAndIndexes(count), again: count >= 1000 ? 5 : 1 }
  return fastest(count > 100 ? 1 : runs, () => measureRun(tool, place, workload))
}

async function measureFar(tool, place, workload) {
  tell(`${tool.name}: ${FAR} files, ${roundTripMs} ms`)
  return fastest(runs, () => measureRun(tool, place, { ...workload, roundTripMs }))
}

/** What else the machine does slows both alike: they take turns, and of the ratios of so many pairs the middle one counts. */
const PAIRS = 7

/** The ratio that is promised; undefined where one of the two was not chosen, or took too long. */
async function measureBesideLimit(place) {
  const limit = chosen.find(({ isLimit }) => isLimit)
  const ours = chosen.find(({ name }) => name === 'devflow-migrate without rehearsal')
  if (!limit || !ours) return undefined
  tell(`${ours.name} and ${limit.name}, in turns`)
  const ratios = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [least, own] = [
      await measureRun(limit, place, { ...tablesWithRows(FAR), roundTripMs }),
      await measureRun(ours, place, { ...tablesWithRows(FAR), roundTripMs }),
    ]
    if (!least || !own) return undefined
    ratios.push(own.seconds / least.seconds)
  }
  return ratios.sort((one, other) => one - other)[Math.floor(PAIRS / 2)]
}

async function measureMemory(tool, place) {
  const weigh = async (name, workload) => {
    tell(`${tool.name}: memory, ${name}`)
    // A tool that can not do it is no reason to stop.
    return measureRun(tool, place, { ...workload, weigh: true }).catch((error) => tell(error.message))
  }
  return {
    files: await weigh('1,000 files', tablesAndIndexes(1000)),
    large: tool.isLimit ? undefined : await weigh('a file of 50 MB', largeFile(50)),
    notices: await weigh('1,000,000 notices', manyNotices(1_000_000)),
  }
}

function tell(text) {
  process.stderr.write(`${text.slice(0, 500)}\n`)
}

/** What is between the marks is replaced, as far as it was measured. */
function writeInto(path, text) {
  const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->']
  const document = readFileSync(path, 'utf8')
  const [before, ...rest] = document.split(begin)
  const [present, after] = rest.join(begin).split(end)
  if (after === undefined) throw new Error(`${path} lacks the marks ${begin} and ${end}.`)
  writeFileSync(path, `${before}${begin}\n\n${mergeReports(present, text)}\n\n${end}${after}`)
}

await main()
