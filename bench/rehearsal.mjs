// What a rehearsal costs: beside applying the same files, on the target and on a shadow, at once and over a network; a
// question after a statement, and reading the whole schema, with 2,000 tables; and a server started for it. Alone:
// `node bench/rehearsal.mjs --files 100 --tables 2000 --round-trip 20 --runs 3`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { importTypeScript } from '../scripts/import-typescript.mjs'
import { openCountingProxy } from './counting-proxy.mjs'
import { figuresOf } from './record.mjs'
import { runCommand } from './run-command.mjs'
import { openServer } from './server.mjs'
import { renderFigures } from './tables.mjs'
import { devflowCommand, writeFiles } from './tools.mjs'
import { tablesAndIndexes } from './workloads.mjs'

const source = (path) => importTypeScript(new URL(`../src/${path}`, import.meta.url))

/**
 * @param files of a table and an index each, that are rehearsed and applied
 * @param tables that are there when a statement is asked about, and when the schema is read
 * @returns seconds of `apply`, `target` and `shadow`, by the round trip; milliseconds of the rest
 */
export async function measureRehearsal({ server, files, tables, roundTripMs, runs, tell }) {
  const folder = mkdtempSync(join(tmpdir(), 'devflow-rehearsal-'))
  const shadow = await openServer(SETTINGS)
  try {
    const place = { server, shadow, folder, files, runs }
    const seconds = new Map()
    for (const roundTrip of [0, roundTripMs]) {
      tell(`rehearsal: ${files} files, ${roundTrip} ms`)
      seconds.set(roundTrip, await measureWays({ ...place, roundTripMs: roundTrip }))
    }
    tell(`rehearsal: ${tables} tables`)
    const one = await measureOnTables({ folder, tables, runs })
    tell('rehearsal: servers of its own')
    return { files, tables, seconds, ...one, openMs: await best(runs, openOne) }
  } finally {
    await shadow[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A rehearsal in one transaction keeps the locks of all its files. */
export const SETTINGS = ['max_locks_per_transaction=4096']

/** A dry run on an empty database, and applying without one. */
async function measureWays(place) {
  const ways = {
    apply: { command: 'migrate', flags: ['--rehearse', 'off'], status: 'applied' },
    target: { command: 'dry-run', flags: ['--rehearse', 'target'], status: 'rehearsed' },
    shadow: { command: 'dry-run', flags: ['--rehearse', 'shadow'], status: 'rehearsed' },
  }
  const seconds = {}
  for (const [name, way] of Object.entries(ways)) {
    const once = () => withDatabase(place.server, (database) => runWay(way, database, place))
    seconds[name] = (await best(place.runs, once)) / 1000
  }
  return seconds
}

async function runWay({ command, flags, status }, database, { server, shadow, folder, files, roundTripMs }) {
  const directory = join(folder, `files-${files}`)
  writeFiles(directory, tablesAndIndexes(files).texts)
  const [target, beside] = await Promise.all(
    [server, shadow].map(({ host, port }) => openCountingProxy({ host, port, roundTripMs })),
  )
  try {
    const env = {
      DATABASE_URL: server.urlOf(database, target.port),
      SHADOW_DATABASE_URL: shadow.urlOf('postgres', beside.port),
    }
    const words = devflowCommand(command, directory, flags)
    const { seconds, text } = await runCommand({ ...words, env }, folder, { keep: true })
    if (!text.includes(`"status": "${status}"`) && !text.includes(`"status":"${status}"`))
      throw new Error(`${command} ${flags.join(' ')} did not end as ${status}:\n${text.slice(0, 2000)}`)
    return seconds * 1000
  } finally {
    await Promise.all([target, beside].map((proxy) => proxy[Symbol.asyncDispose]()))
  }
}

/**
 * On a database that has many tables: what one question costs, and the whole schema. On a server as it comes: a question
 * reads the table of locks from end to end, which `max_locks_per_transaction` makes larger, full or not.
 */
async function measureOnTables(wanted) {
  const server = await openServer()
  try {
    return await measureTables({ ...wanted, server })
  } finally {
    await server[Symbol.asyncDispose]()
  }
}

function measureTables({ server, folder, tables, runs }) {
  return withDatabase(server, async (database) => {
    const url = server.urlOf(database)
    const directory = join(folder, `tables-${tables}`)
    writeFiles(directory, inFilesOf(TABLES_A_FILE, tablesAndIndexes(tables).texts))
    const env = { DATABASE_URL: url }
    await runCommand({ ...devflowCommand('migrate', directory, ['--rehearse', 'off']), env }, folder)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const probeMs = await measureProbes(client, tables, runs)
      return { probeMs, schemaMs: await measureSchema(client, runs) }
    } finally {
      await client.end()
    }
  })
}

/** More in one transaction than a server as it comes has room for locks. */
const TABLES_A_FILE = 200

function inFilesOf(size, texts) {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, at) =>
    texts.slice(at * size, (at + 1) * size).join(''),
  )
}

/** So many locks are held before the first statement that is asked about. */
const HELD = [10, 50, 100, 1000]

/** Of one message, each on a table of its own. */
const STATEMENTS = 50

/** @returns milliseconds of a question after a statement, by the locks that the transaction held before */
async function measureProbes(client, tables, runs) {
  const probes = new Map()
  for (const held of HELD.filter((count) => count + STATEMENTS <= tables))
    probes.set(held, await measureProbe(client, { held, runs: Math.max(5, runs) }))
  return probes
}

/**
 * Of a question after a statement: the time of a message with them, less that of the same statements without, the one
 * after the other; of so many pairs the middle one.
 */
async function measureProbe(client, { held, runs }) {
  const { makeProbeSql } = await source('rehearsal/measuring/probe-sql.ts')
  const probe = makeProbeSql({ token: 'be4c'.repeat(8), key: 7, cumulative: false })
  const name = 'devflow_bench_1'
  const numbers = (from, count) => Array.from({ length: count }, (_, index) => from + index)
  const locks = numbers(1, held).map((number) => `LOCK TABLE bench_${number};`)
  const begin = ['BEGIN;', probe.hold, probe.prepare(name, false), ...locks, probe.ask(name)].join('\n')
  const message = (question) =>
    numbers(held + 1, STATEMENTS)
      .map((number) => `ALTER TABLE bench_${number} SET (fillfactor = 90);\n${question}`)
      .join('\n')
  const timed = async (question) => {
    await client.query(begin)
    try {
      let answers
      const ms = await timeOf(async () => (answers = await client.query(message(question))))
      const told = answers.filter(({ fields }) => fields.some((field) => field.name === probe.column)).length
      if (question !== '' && told !== STATEMENTS)
        throw new Error(`${told} of ${STATEMENTS} statements were asked about.`)
      return ms
    } finally {
      await client.query(`ROLLBACK;\nDEALLOCATE ${name};`)
    }
  }
  const pairs = []
  for (let run = 0; run < runs; run += 1)
    pairs.push(((await timed(probe.ask(name))) - (await timed(''))) / STATEMENTS)
  return pairs.sort((one, other) => one - other)[Math.floor(runs / 2)]
}

/** Of reading all of the schema and comparing it with what was recorded. */
async function measureSchema(client, runs) {
  const { parseSchemaComparison, schemaDriftQuery } = await source('database/schema/schema-drift-query.ts')
  const { TRACKING_VERSION } = await source('database/tracking-ddl.ts')
  const tracking = { schema: 'devflow', table: 'schema_migrations', version: TRACKING_VERSION }
  const query = schemaDriftQuery(tracking, [])
  const ask = async () => {
    const results = await client.query({ text: query, rowMode: 'array' })
    const { fields, rows } = results.find(({ rows: found }) => found.length > 0) ?? { fields: [], rows: [] }
    return parseSchemaComparison({ columns: fields.map((field) => field.name), rows })
  }
  const { state } = await ask()
  if (state !== 'same') throw new Error(`The schema was not compared with itself: ${state}.`)
  return best(runs, () => timeOf(ask))
}

/** The time until a server is there, and it is gone again. */
async function openOne() {
  const { openShadow } = await source('database/shadows/open-shadow.ts')
  const { fromBinaries } = await source('database/shadows/from-binaries/from-binaries.ts')
  const started = performance.now()
  const shadow = await openShadow(REQUEST, [fromBinaries])
  const ms = performance.now() - started
  if ('why' in shadow) throw new Error(shadow.why.join('; '))
  await shadow[Symbol.asyncDispose]()
  return ms
}

const REQUEST = {
  target: { host: 'db.example.com', port: 5432, database: 'app', user: 'app', serverMajor: 18 },
  isProtected: true,
  redact: (text) => text,
  run: { actor: 'bench', toolVersion: '0' },
  searched: [fileURLToPath(new URL('.', import.meta.url))],
}

async function withDatabase(server, work) {
  const database = `bench_${process.hrtime.bigint()}`
  await server.query('postgres', `create database ${database}`)
  try {
    return await work(database)
  } finally {
    await server.query('postgres', `drop database ${database} with (force)`)
  }
}

async function timeOf(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** The least of so many runs, in milliseconds. */
async function best(runs, measure) {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run += 1) least = Math.min(least, await measure())
  return least
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '100' },
      tables: { type: 'string', default: '2000' },
      'round-trip': { type: 'string', default: '20' },
      runs: { type: 'string', default: '3' },
    },
  })
  const server = await openServer(SETTINGS)
  try {
    const measured = await measureRehearsal({
      server,
      files: Number(values.files),
      tables: Number(values.tables),
      roundTripMs: Number(values['round-trip']),
      runs: Number(values.runs),
      tell: (text) => process.stderr.write(`${text}\n`),
    })
    process.stdout.write(`${renderFigures(figuresOf({ rows: [], parts: [], rehearsal: measured }))}\n`)
  } finally {
    await server[Symbol.asyncDispose]()
  }
}
