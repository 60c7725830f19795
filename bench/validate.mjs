// How long it takes to read and judge migrations as they are in a repository: `devflow db validate` beside squawk, a
// native program, in one run, the two in turn. Alone: `node bench/validate.mjs --sizes 100,1000,5000 --runs 5`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { nativeProgram } from './native-program.mjs'
import { reviewFiles } from './review-files.mjs'
import { runCommand } from './run-command.mjs'

const bundle = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

/** Seconds that each tool takes for so many files, by its name and the number of files: the fastest of the runs. */
export async function measureValidate(sizes, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'devflow-validate-'))
  try {
    const times = new Map(linters.map(({ name }) => [name, new Map()]))
    for (const size of sizes) {
      const { directory, paths } = writeFiles(join(folder, String(size)), size)
      for (let run = 0; run < runs; run += 1) {
        for (const { name, command } of linters) {
          // Both find what stops a run, and say so by their exit code.
          const { seconds } = await runCommand({ ...command(directory, paths), exitCode: 1 }, folder)
          times.get(name).set(size, Math.min(seconds, times.get(name).get(size) ?? Number.POSITIVE_INFINITY))
        }
      }
    }
    return times
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const linters = [
  {
    name: 'devflow db validate',
    command: (directory) => ({
      file: process.execPath,
      args: [bundle, 'db', 'validate', '--directory', directory, '--all', '--ci'],
    }),
  },
  {
    name: 'squawk',
    command: (_, paths) => ({ file: nativeProgram('squawk-cli', '@squawk-cli/', 'squawk'), args: paths }),
  },
]

function writeFiles(folder, count) {
  const directory = join(folder, 'migrations')
  mkdirSync(directory, { recursive: true })
  const paths = reviewFiles(count).map((text, index) => {
    const path = join(directory, `${20260101000000 + index}_review.sql`)
    writeFileSync(path, text)
    return path
  })
  return { directory, paths }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,5000' },
      runs: { type: 'string', default: '5' },
    },
  })
  const sizes = values.sizes.split(',').map(Number)
  const times = await measureValidate(sizes, Number(values.runs))
  for (const size of sizes) {
    const [ours, theirs] = linters.map(({ name }) => times.get(name).get(size))
    const files = `${size.toLocaleString('en')} files`
    process.stdout.write(
      `${files}: ${ours.toFixed(2)} s, squawk ${theirs.toFixed(2)} s, ratio ${(ours / theirs).toFixed(2)}\n`,
    )
  }
}
