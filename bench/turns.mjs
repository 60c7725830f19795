// Client turns on the wire and wall time of applying 1, 10 and 100 files, beside other tools, in one run.
// Prints one Markdown table. `--sizes 1,10` and `--round-trip 20` (milliseconds) change what is measured; of
// `--runs 3` the fastest counts, because what slows one down is something else on the machine.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCountingProxy } from './counting-proxy.mjs'
import { openServer } from './server.mjs'
import { tools } from './tools.mjs'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,10,100' },
    'round-trip': { type: 'string', default: '20' },
    runs: { type: 'string', default: '3' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const roundTripMs = Number(values['round-trip'])
const runs = Number(values.runs)

async function main() {
  const server = await openServer()
  const folder = mkdtempSync(join(tmpdir(), 'devflow-bench-files-'))
  try {
    const rows = []
    for (const tool of tools) rows.push(await measureTool(tool, { server, folder }))
    const [{ server_version }] = await server.query('postgres', 'show server_version')
    process.stdout.write(`${renderTable(rows)}\n`)
    process.stdout.write(`\n${await measureStartUp(folder)}\n`)
    process.stdout.write(
      `PostgreSQL ${server_version}, Node ${process.versions.node}, ${process.platform}, the fastest of ${runs}.\n`,
    )
  } finally {
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything about one tool: each size near and far, and the run after, which has nothing left to do. */
async function measureTool(tool, place) {
  const bySize = []
  for (const count of sizes) {
    process.stderr.write(`${tool.name}: ${count} files\n`)
    const near = await fastest(() => measureRun(tool, { ...place, count, roundTripMs: 0 }))
    const far = await fastest(() => measureRun(tool, { ...place, count, roundTripMs }))
    bySize.push({
      count,
      turns: near.turns,
      again: near.again,
      seconds: near.seconds,
      farSeconds: far.seconds,
    })
  }
  return { name: tool.name, bySize, recorded: tool.history !== undefined }
}

/** What the command line costs before it does anything, and with the parser loaded. */
async function measureStartUp(folder) {
  const { prepare } = tools[0]
  const [{ file, args, cwd }] = prepare({ folder: join(folder, 'start-up'), count: 1, url: '' })
  const [bundle] = args
  const seconds = async (words) => {
    const measured = await fastest(() => timed(() => run({ file, args: [bundle, ...words], cwd }, folder)))
    return measured.seconds.toFixed(2)
  }
  return `Start-up: ${await seconds(['--version'])} s for --version, ${await seconds(['db', 'validate'])} s for validate.`
}

async function timed(work) {
  const started = performance.now()
  await work()
  return { seconds: (performance.now() - started) / 1000 }
}

async function fastest(measure) {
  let best
  for (let run = 0; run < runs; run += 1) {
    const measured = await measure()
    if (best === undefined || measured.seconds < best.seconds) best = measured
  }
  return best
}

async function measureRun(tool, { server, folder, count, roundTripMs }) {
  const database = `bench_${process.hrtime.bigint()}`
  await server.query('postgres', `create database ${database}`)
  const proxy = await openCountingProxy({ host: server.host, port: server.port, roundTripMs })
  const home = mkdtempSync(join(folder, 'run-'))
  try {
    const commands = tool.prepare({ folder: home, count, url: server.urlOf(database, proxy.port) })
    const { seconds } = await timed(async () => {
      for (const command of commands) await run(command, home)
    })
    const turns = proxy.turns()
    await check(tool, { server, database, count })
    if (tool.history === undefined || roundTripMs > 0) return { turns, seconds, again: null }
    for (const command of commands) await run(command, home)
    return { turns, seconds, again: proxy.turns() - turns }
  } finally {
    await proxy[Symbol.asyncDispose]()
    await server.query('postgres', `drop database ${database} with (force)`)
  }
}

/** A tool that did not do its work is not measured: the benchmark stops. */
async function check(tool, { server, database, count }) {
  const made = await server.query(
    database,
    "select count(*) filter (where relkind = 'r') as tables, count(*) filter (where relkind = 'i' and relname like '%name') as indexes " +
      "from pg_class where relname like 'bench%' and relnamespace = 'public'::regnamespace",
  )
  const [{ tables, indexes }] = made
  if (Number(tables) !== count || Number(indexes) !== count) {
    throw new Error(`${tool.name} made ${tables} tables and ${indexes} indexes instead of ${count} each.`)
  }
  if (tool.history === undefined) return
  const [{ count: recorded }] = await server.query(database, tool.history)
  if (Number(recorded) !== count) throw new Error(`${tool.name} recorded ${recorded} of ${count} files.`)
}

async function run({ file, args, env = {}, cwd }, home) {
  const child = spawn(file, args, {
    cwd: cwd ?? home,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${output}`)
}

function renderTable(rows) {
  const turns = sizes.map((size) => `turns, ${size}`)
  const near = sizes.map((size) => `s, ${size}`)
  const far = sizes.map((size) => `s at ${roundTripMs} ms, ${size}`)
  const largest = sizes.length - 1
  const head = [
    'tool',
    ...turns,
    `turns, nothing to do`,
    ...near,
    ...far,
    `ratio at ${roundTripMs} ms, ${sizes[largest]}`,
  ]
  const base = rows.find(({ name }) => name === 'psql, one session').bySize[largest].farSeconds
  const lines = rows.map(({ name, bySize }) => [
    name,
    ...bySize.map((measured) => measured.turns),
    bySize[largest].again ?? '–',
    ...bySize.map((measured) => measured.seconds.toFixed(2)),
    ...bySize.map((measured) => measured.farSeconds.toFixed(2)),
    (bySize[largest].farSeconds / base).toFixed(2),
  ])
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

await main()
