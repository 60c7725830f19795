// Start-up as a ratio to an empty module on the same Node: an unknown command refused, by both bundles.
// Runs alternate, so that what else the machine does falls on all alike. `--runs 41` changes how many of each;
// `--node <path>` which Node (the action runs on 24).
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '41' },
    node: { type: 'string', default: process.execPath },
  },
})
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'devflow-startup-'))

const empty = join(folder, 'empty.mjs')
const runnerEnv = {
  GITHUB_ACTIONS: 'true',
  GITHUB_WORKSPACE: folder,
  GITHUB_OUTPUT: join(folder, 'output'),
  GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  RUNNER_TEMP: join(folder, 'temp'),
  INPUT_COMMAND: 'nonsense',
}
const programs = [
  { name: 'empty module', args: [empty], env: {}, exitCode: 0 },
  { name: 'command line', args: [join(dist, 'cli.js'), 'db', 'nonsense'], env: {}, exitCode: 2, goal: 2.0 },
  { name: 'action', args: [join(dist, 'index.js')], env: runnerEnv, exitCode: 2, goal: 2.2 },
]

function main() {
  mkdirSync(runnerEnv.RUNNER_TEMP)
  writeFileSync(empty, '')
  try {
    const times = programs.map(() => [])
    for (let run = -1; run < Number(values.runs); run++) {
      programs.forEach((program, index) => {
        const milliseconds = runOnce(program)
        // The first of each fills the machine's file cache.
        if (run >= 0) times[index].push(milliseconds)
      })
    }
    process.stdout.write(renderTable(times.map(median)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runOnce({ name, args, env, exitCode }) {
  for (const file of [runnerEnv.GITHUB_OUTPUT, runnerEnv.GITHUB_STEP_SUMMARY]) writeFileSync(file, '')
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(resolve(values.node), args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  })
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== exitCode) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return milliseconds
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

function renderTable(medians) {
  const rows = programs.map(({ name, goal }, index) => {
    const ratio = medians[index] / medians[0]
    const promised = goal === undefined ? '' : `at most ${goal.toFixed(1)}`
    return `| ${name} | ${medians[index].toFixed(0)} ms | ${ratio.toFixed(2)} | ${promised} |`
  })
  const version = spawnSync(resolve(values.node), ['--version'], { encoding: 'utf8' }).stdout.trim()
  return `${['| Program | Median | Ratio | Promised |', '| :-- | --: | --: | --: |', ...rows].join('\n')}\n\nNode ${version}, ${values.runs} runs of each.\n`
}

main()
