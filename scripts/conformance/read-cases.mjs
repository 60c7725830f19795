import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The cases of a file in a folder, in one form; none where the file is not there. `scripts` are files that run one
 * after the other.
 */
export function readCases(folder, name) {
  return readRows(join(folder, name)).map((row) => ({
    name: row.id ?? row.source,
    tool: toolOf(row.set),
    rule: row.rule,
    expected: row.expected,
    lines: row.hit_lines,
    ...optionsOf(row),
  }))
}

/** Objects of a file of JSON lines. */
export function readRows(path) {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line))
}

function toolOf(set) {
  if (set === undefined) return 'squawk'
  return set.startsWith('eugene') ? 'eugene' : set
}

function optionsOf({ set, sql, rule, options = {} }) {
  if (set === undefined) return squawkOptions(sql, rule, options)
  const scripts = /^-- \d+\.sql\s*$/m.test(sql) ? sql.split(/^-- \d+\.sql\s*$/m).slice(1) : [sql]
  // Without a version its tests judge for one below 11.
  const isOld = set === 'pgls' && rule === 'addingFieldWithDefault'
  return { scripts, postgres: isOld ? 10 : 15, inTransaction: true }
}

/** The comment is squawk's `-- devflow:no-transaction`. */
function squawkOptions(sql, rule, { pg_version: version = '15', assume_in_transaction: assumed = false }) {
  const inTransaction = assumed && !/--\s*squawk-disable-assume-in-transaction/.test(sql)
  return {
    scripts: [sql],
    postgres: Number.parseInt(version, 10),
    inTransaction,
    asWrapped: rule === 'transaction-nesting',
  }
}
