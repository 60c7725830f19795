import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Two statements a file: a table and an index on it. */
const sqlOf = (number) =>
  `create table bench_${number} (id bigint generated always as identity primary key, name text not null);\n` +
  `create index bench_${number}_name on bench_${number} (name);\n`

const versionOf = (number) => String(20260101000000 + number)

function writeFiles(folder, count, nameOf, textOf = sqlOf) {
  mkdirSync(folder, { recursive: true })
  const paths = []
  for (let number = 1; number <= count; number += 1) {
    const path = join(folder, nameOf(number))
    writeFileSync(path, textOf(number))
    paths.push(path)
  }
  return paths
}

/** Without a start-up file, and without asking for encryption first, which would be a turn more. */
const psql = (url, args) => ({
  file: 'psql',
  args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, ...args],
  env: { PGGSSENCMODE: 'disable' },
})

/**
 * The tools that are measured. `prepare` writes `count` files as the tool wants them and gives the commands of
 * one run, which are executed one after the other. `history` counts what the tool recorded; psql records nothing.
 */
export const tools = [
  {
    name: 'devflow-migrate',
    prepare({ folder, count, url }) {
      const directory = join(folder, 'migrations')
      writeFiles(directory, count, (number) => `${versionOf(number)}_bench.sql`)
      const args = ['db', 'migrate', '--env', 'development', '--directory', directory, '--ci']
      return [
        {
          file: process.execPath,
          args: [here('../dist/cli.js'), ...args],
          env: { DATABASE_URL: url },
          cwd: folder,
        },
      ]
    },
    history: "select count(*) from devflow.schema_migrations where status = 'completed'",
  },
  {
    name: 'psql, one session',
    prepare({ folder, count, url }) {
      const files = writeFiles(folder, count, (number) => `${versionOf(number)}_bench.sql`)
      const steps = files.flatMap((path) => ['-c', 'begin', '-f', path, '-c', 'commit'])
      return [psql(url, steps)]
    },
  },
  {
    name: 'psql, file by file',
    prepare({ folder, count, url }) {
      const files = writeFiles(folder, count, (number) => `${versionOf(number)}_bench.sql`)
      return files.map((path) => psql(url, ['--single-transaction', '-f', path]))
    },
  },
  {
    name: 'dbmate',
    prepare({ folder, count, url }) {
      const text = (number) => `-- migrate:up\n${sqlOf(number)}\n-- migrate:down\n`
      writeFiles(folder, count, (number) => `${versionOf(number)}_bench.sql`, text)
      const args = ['--url', url, '--migrations-dir', folder, '--no-dump-schema', 'migrate']
      return [{ file: here('node_modules/.bin/dbmate'), args }]
    },
    history: 'select count(*) from schema_migrations',
  },
  {
    name: 'node-pg-migrate',
    prepare({ folder, count, url }) {
      const text = (number) => `-- Up Migration\n${sqlOf(number)}`
      writeFiles(folder, count, (number) => `${versionOf(number)}_bench.sql`, text)
      const args = [
        here('node_modules/node-pg-migrate/bin/node-pg-migrate.js'),
        'up',
        '--migrations-dir',
        folder,
      ]
      return [{ file: process.execPath, args, env: { DATABASE_URL: url } }]
    },
    history: 'select count(*) from pgmigrations',
  },
  {
    name: 'postgrator',
    prepare({ folder, count, url }) {
      writeFiles(folder, count, (number) => `${number}.do.bench.sql`)
      return [{ file: process.execPath, args: [here('run-postgrator.mjs'), url, folder] }]
    },
    history: 'select count(*) from schemaversion where version > 0',
  },
]
