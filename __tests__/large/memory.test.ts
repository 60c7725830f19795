import { existsSync } from 'node:fs'
import { expect } from '@jest/globals'
import { needs } from '../support/needs.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { measureRun } from './a-measured-run.js'

const SIZE = 50 * 1024 * 1024

/** A file of some 50 MB, and how many rows it makes. */
function aFile(before: string, row: (n: number) => string, between: string, after: string) {
  const rows: string[] = []
  for (let length = 0, n = 0; length < SIZE; n++) {
    const next = row(n)
    rows.push(next)
    length += next.length + between.length
  }
  return { sql: `${before}${rows.join(between)}${after}`, rows: rows.length }
}

const table = 'create table t (a int, b text);\n'
const note = (n: number) => `the note of row ${n}, as long as such notes are ${'and longer '.repeat(20)}`

const files: readonly (readonly [string, () => { sql: string; rows: number }])[] = [
  [
    'INSERTs',
    () =>
      aFile(
        `begin;\n${table}`,
        (n) => `insert into t (a, b) values (${n}, '${note(n)}');`,
        '\n',
        '\ncommit;\n',
      ),
  ],
  [
    'rows of a COPY',
    () => aFile(`${table}copy t from stdin;\n`, (n) => `${n}\tit's ${note(n)}\n`, '', '\\.\n'),
  ],
  ['one INSERT', () => aFile(`${table}insert into t values\n`, (n) => `(${n}, '${note(n)}')`, ',\n', ';\n')],
]

const linux = needs({ what: '/proc/self/status', isThere: existsSync('/proc/self/status') })

for (const [what, make] of files) {
  linux.it(
    `a file of 50 MB of ${what} takes at most 150 MB above its size`,
    async () => {
      await using database = await aDatabase()
      const { sql, rows } = make()
      const run = await measureRun(database.url, sql)
      expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('01_large.sql')])
      expect(await database.query('select count(*)::int as rows, sum(a)::float8 as sum from t')).toEqual([
        { rows, sum: (rows * (rows - 1)) / 2 },
      ])
      expect(run.peak).toBeLessThanOrEqual(sql.length / 1024 / 1024 + 150)
      expect(run.lines).toBeLessThanOrEqual(2_000)
    },
    600_000,
  )
}

const body = 'perform 1; -- ; comment line\n'.repeat(5_000)
const functions = (count: number) =>
  Array.from(
    { length: count },
    (_, n) =>
      `create function f${n}() returns int language plpgsql as $f$ begin\n${body}return 1; end $f$;\n`,
  ).join('')
const updates = (count: number) =>
  Array.from({ length: count }, (_, n) => `update t set b = '${note(n)}' where a = ${n};\n`).join('')

const many: readonly (readonly [string, string])[] = [
  ['queries', 'select 1;\n'.repeat(100_000)],
  ['UPDATEs', `create table t (a int primary key, b text);\n${updates(30_000)}`],
  ['functions', functions(20)],
]

for (const [what, sql] of many) {
  linux.it(
    `many ${what} take at most 150 MB above their size`,
    async () => {
      await using database = await aDatabase()
      const run = await measureRun(database.url, sql)
      expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('01_large.sql')])
      expect(run.peak).toBeLessThanOrEqual(sql.length / 1024 / 1024 + 150)
    },
    600_000,
  )
}

linux.it(
  'a million notices take at most 150 MB and 2,000 lines',
  async () => {
    await using database = await aDatabase()
    const run = await measureRun(
      database.url,
      "do $$ begin for n in 1..1000000 loop raise notice 'this is notice % of a million', n; end loop; end $$;",
    )
    expect([run.exitCode, run.output]).toEqual([0, expect.stringContaining('more notices')])
    expect(run.peak).toBeLessThanOrEqual(150)
    expect(run.lines).toBeLessThanOrEqual(2_000)
  },
  600_000,
)

linux.it(
  'a value longer than a text can be, and an error of 50 MB, take at most 150 MB',
  async () => {
    await using database = await aDatabase()
    const run = await measureRun(
      database.url,
      `select repeat('x', 550000000); copy (select repeat('x', 550000000)) to stdout;
      do $$ begin raise exception '%', repeat('x', 50000000); end $$;`,
    )
    expect([run.exitCode, run.output]).toEqual([1, expect.stringContaining('more characters)')])
    expect(run.peak).toBeLessThanOrEqual(150)
  },
  600_000,
)
