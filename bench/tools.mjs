import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nativeProgram } from './native-program.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const bundle = here('../dist/cli.js')

const versionOf = (number) => String(20260101000000 + number)
const nameOf = (number) => `${versionOf(number)}_bench.sql`

/** @returns their paths, in order */
export function writeFiles(folder, texts, nameOfFile = nameOf, wrap = (text) => text) {
  mkdirSync(folder, { recursive: true })
  return texts.map((text, index) => {
    const path = join(folder, nameOfFile(index + 1))
    writeFileSync(path, wrap(text))
    return path
  })
}

/** Without a start-up file, and without asking for encryption first, which would be a turn more. */
const psql = (url, args) => ({
  file: 'psql',
  args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, ...args],
  env: { PGGSSENCMODE: 'disable' },
})

/** A command of ours on a folder of migrations; its report as JSON. */
export function devflowCommand(command, directory, flags) {
  const args = ['db', command, '--env', 'development', '--directory', directory, '--ci', '--json', ...flags]
  return { file: process.execPath, args: [bundle, ...args] }
}

const devflow = (name, flags) => ({
  name,
  prepare({ folder, texts, url }) {
    const directory = join(folder, 'migrations')
    writeFiles(directory, texts)
    const args = [bundle, 'db', 'migrate', '--env', 'development', '--directory', directory, '--ci', ...flags]
    return [{ file: process.execPath, args, env: { DATABASE_URL: url } }]
  },
  history: "select count(*) from devflow.schema_migrations where status = 'completed'",
})

/** The largest argument that Linux takes is 128 KiB. */
const LARGEST_ARGUMENT = 120_000

/**
 * The tools that are measured. `prepare` writes the texts as files as the tool wants them and gives the commands of
 * one run, which are executed one after the other. `history` counts what the tool recorded; psql records nothing.
 */
export const tools = [
  devflow('devflow-migrate', []),
  ...(hasRehearse() ? [devflow('devflow-migrate without rehearsal', ['--rehearse', 'off'])] : []),
  {
    name: 'psql -c in one message',
    isLimit: true,
    prepare({ url, texts }) {
      const blocks = texts.map((text) => `begin;\n${text}commit;\n`)
      return [
        psql(
          url,
          fill(blocks).flatMap((message) => ['-c', message]),
        ),
      ]
    },
  },
  {
    name: 'psql in one session',
    prepare({ folder, texts, url }) {
      const files = writeFiles(folder, texts)
      const script = join(folder, 'all.psql')
      writeFileSync(script, files.map((path) => `begin;\n\\i ${path}\ncommit;\n`).join(''))
      return [psql(url, ['-f', script])]
    },
  },
  {
    name: 'psql file by file',
    prepare({ folder, texts, url }) {
      const files = writeFiles(folder, texts)
      return files.map((path) => psql(url, ['--single-transaction', '-f', path]))
    },
  },
  {
    name: 'dbmate',
    prepare({ folder, texts, url }) {
      writeFiles(folder, texts, nameOf, (text) => `-- migrate:up\n${text}\n-- migrate:down\n`)
      const args = ['--url', url, '--migrations-dir', folder, '--no-dump-schema', 'migrate']
      return [{ file: dbmate(), args }]
    },
    history: 'select count(*) from schema_migrations',
  },
  {
    name: 'node-pg-migrate',
    prepare({ folder, texts, url }) {
      writeFiles(folder, texts, nameOf, (text) => `-- Up Migration\n${text}`)
      const args = [nodePgMigrate, 'up', '--migrations-dir', folder]
      return [{ file: process.execPath, args, env: { DATABASE_URL: url } }]
    },
    history: 'select count(*) from pgmigrations',
  },
  {
    name: 'postgrator',
    prepare({ folder, texts, url }) {
      writeFiles(folder, texts, (number) => `${number}.do.bench.sql`)
      return [{ file: process.execPath, args: [here('run-postgrator.mjs'), url, folder] }]
    },
    history: 'select count(*) from schemaversion where version > 0',
  },
  {
    name: 'graphile-migrate',
    prepare({ folder, texts, url }) {
      const committed = join(folder, 'migrations', 'committed')
      const bodies = committedTexts(texts)
      writeFiles(committed, bodies, (number) => `${String(number).padStart(6, '0')}.sql`)
      writeFileSync(join(folder, '.gmrc'), '{}\n')
      const env = { DATABASE_URL: url, ROOT_DATABASE_URL: new URL('/postgres', url).href }
      return [{ file: process.execPath, args: [graphileMigrate, 'migrate'], cwd: folder, env }]
    },
    history: 'select count(*) from graphile_migrate.migrations',
  },
  {
    name: 'Supabase CLI',
    prepare({ folder, texts, url }) {
      writeFiles(join(folder, 'supabase', 'migrations'), texts)
      const args = ['db', 'push', `--remote=${url}`, '--yes']
      return [{ file: supabase(), args, cwd: folder, env: { DO_NOT_TRACK: '1' } }]
    },
    history: 'select count(*) from supabase_migrations.schema_migrations',
  },
]

const nodePgMigrate = here('node_modules/node-pg-migrate/bin/node-pg-migrate.js')
const graphileMigrate = here('node_modules/graphile-migrate/dist/cli.js')
const dbmate = () => nativeProgram('dbmate', '@dbmate/')
const supabase = () => nativeProgram('supabase', '@supabase/cli-')

/** For each tool with a command line, the command that refuses a word it does not know. */
export const refusals = () => [
  { name: 'node-pg-migrate', file: process.execPath, args: [nodePgMigrate, 'nonsense'] },
  { name: 'graphile-migrate', file: process.execPath, args: [graphileMigrate, 'nonsense'] },
  { name: 'Supabase CLI', file: supabase(), args: ['nonsense'] },
  { name: 'dbmate', file: dbmate(), args: ['nonsense'] },
]

function hasRehearse() {
  const { stdout } = spawnSync(process.execPath, [bundle, '--help'], { encoding: 'utf8' })
  return stdout.includes('--rehearse')
}

/** Joins texts to as few as may be, none larger than an argument of a command can be. */
function fill(texts) {
  const messages = ['']
  for (const text of texts) {
    if (messages.at(-1).length + text.length > LARGEST_ARGUMENT) messages.push('')
    messages[messages.length - 1] += text
  }
  return messages
}

/** Each committed migration of graphile-migrate names the hash of the one before it. */
function committedTexts(texts) {
  let previous = '-'
  return texts.map((text) => {
    const body = `${text.trim()}\n`
    const hashed = `${previous === '-' ? '' : previous}\n${body.trim()}`.trim()
    const hash = `sha1:${createHash('sha1').update(`${hashed}\n`).digest('hex')}`
    const committed = `--! Previous: ${previous}\n--! Hash: ${hash}\n\n${body}`
    previous = hash
    return committed
  })
}
