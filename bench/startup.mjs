// Start-up as a ratio to an empty module on the same Node: an unknown word refused, by both bundles and by other tools.
// Runs alternate, so that what else the machine does falls on all alike. `--runs 41` changes how many of each;
// `--node <path>` which Node (the action runs on 24).
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { refusals } from './tools.mjs'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** What is promised, as a ratio to the empty module. */
const goals = new Map([
  ['command line', 2.0],
  ['action', 2.2],
])

/** Milliseconds that each program takes to refuse a word it does not know, by its name: the median of the runs. */
export function measureStartUp(runs, node = process.execPath) {
  const folder = mkdtempSync(join(tmpdir(), 'devflow-startup-'))
  try {
    const programs = [
      ...ownPrograms(folder, node),
      ...refusals().map(({ file, ...rest }) => ({ ...rest, file: onNode(file, node), refuses: true })),
    ]
    const times = programs.map(() => [])
    for (let run = -1; run < runs; run++) {
      programs.forEach((program, index) => {
        const milliseconds = runOnce(program, folder)
        // The first of each fills the machine's file cache.
        if (run >= 0) times[index].push(milliseconds)
      })
    }
    return new Map(programs.map(({ name }, index) => [name, median(times[index])]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onNode = (file, node) => (file === process.execPath ? node : file)

function ownPrograms(folder, node) {
  const empty = join(folder, 'empty.mjs')
  writeFileSync(empty, '')
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') }
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: join(folder, 'temp'),
    INPUT_COMMAND: 'nonsense',
    ...files,
  }
  mkdirSync(env.RUNNER_TEMP)
  return [
    { name: 'empty module', file: node, args: [empty] },
    { name: 'command line', file: node, args: [join(dist, 'cli.js'), 'db', 'nonsense'], refuses: true },
    {
      name: 'action',
      file: node,
      args: [join(dist, 'index.js')],
      env,
      refuses: true,
      begin: () => {
        for (const file of Object.values(files)) writeFileSync(file, '')
      },
    },
  ]
}

function runOnce({ name, file, args, env = {}, refuses = false, begin }, folder) {
  begin?.()
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(file, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  })
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  if (status === null || status > 0 !== refuses) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return milliseconds
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

function renderTable(medians, node, runs) {
  const base = medians.get('empty module')
  const rows = [...medians].map(([name, milliseconds]) => {
    const goal = goals.get(name)
    return `| ${name} | ${milliseconds.toFixed(0)} ms | ${(milliseconds / base).toFixed(2)} | ${goal ? `at most ${goal.toFixed(1)}` : ''} |`
  })
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  return `${['| Program | Median | Ratio | Promised |', '| :-- | --: | --: | --: |', ...rows].join('\n')}\n\nNode ${version}, ${runs} runs of each.\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '41' },
      node: { type: 'string', default: process.execPath },
    },
  })
  const node = resolve(values.node)
  process.stdout.write(renderTable(measureStartUp(Number(values.runs), node), node, values.runs))
}
