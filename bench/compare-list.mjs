// Runs compare-with-psql.mjs for each line of a file, one after the other, and prints a table of them all.
//
//   node bench/compare-list.mjs LIST [--keep FOLDER]
//
// A line is a folder of migrations and what else compare-with-psql.mjs takes (`../shop/migrations --prepare roles.sql`),
// without quotes; paths are relative to where this is run. Empty lines and those that begin with # are passed over.
// Exit code 0: all are equal. What each printed and left goes into the folder to keep.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const script = fileURLToPath(new URL('compare-with-psql.mjs', import.meta.url))

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'string' } } })
  const [list] = positionals
  if (positionals.length !== 1) throw new Error('Usage: compare-list.mjs LIST [--keep FOLDER]')
  const keep = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'devflow-compare-list-'))
  try {
    const rows = readLines(list).map((words, index) => compare(words, join(keep, String(index + 1))))
    process.stdout.write(`${renderTable(rows)}\n`)
    return rows.every(({ isWhole }) => isWhole) ? 0 : 1
  } finally {
    if (!values.keep) rmSync(keep, { recursive: true, force: true })
  }
}

function readLines(file) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
  return lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+/))
}

function compare(words, keep) {
  mkdirSync(keep, { recursive: true })
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words, '--keep', keep], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  writeFileSync(join(keep, 'output.txt'), `${words.join(' ')}\n${stdout}${stderr}`)
  process.stderr.write(`${words[0]}: ${status === 0 ? 'equal' : `${status}, see ${keep}`}\n`)
  return { folder: words[0], isWhole: status === 0, ...readResult(keep) }
}

function readResult(keep) {
  try {
    return { result: JSON.parse(readFileSync(join(keep, 'result.json'), 'utf8')) }
  } catch {
    return {}
  }
}

function renderTable(rows) {
  const head = [
    'folder',
    'files',
    'no transaction',
    'psql applied',
    'devflow applied',
    'dumps',
    'psql, s',
    'devflow, s',
  ]
  const lines = rows.map(({ folder, result }) =>
    result
      ? [
          folder,
          result.files,
          result.outside,
          result.psql.applied,
          `${result.devflow.applied}${result.devflow.status === 'applied' ? '' : ` (${result.devflow.status})`}`,
          result.equal ? 'equal' : '**different**',
          result.psql.seconds,
          result.devflow.seconds,
        ]
      : [folder, '–', '–', '–', '–', '**not compared**', '–', '–'],
  )
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

try {
  process.exitCode = main()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
