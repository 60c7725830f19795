import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ForeignToolName } from '../../src/model/foreign-tool.js'
import { root } from '../repository/tree.js'
import type { Project } from '../support/a-project.js'
import type { Need } from '../support/needs.js'

const run = promisify(execFile)
const bench = join(root, 'bench/node_modules')
const here = join(root, '__tests__/adopt/tools/node_modules')

/** A tool that can be run here. */
export interface RealTool {
  readonly tool: ForeignToolName
  readonly needs: readonly Need[]
  /** Of ours, in the project. */
  readonly directory: string
  /** Writes files in the tool's own form. */
  readonly write: (project: Project, texts: Readonly<Record<string, string>>) => Promise<void>
  /** Applies what is pending. @throws where the tool fails */
  readonly apply: (project: Project, url: string) => Promise<unknown>
  /** What its rows are kept in. */
  readonly table: string
  readonly checks: boolean
}

const installed = (path: string): Need => ({
  what: `${path.split('node_modules/')[1]}, which npm ci installs in its folder,`,
  isThere: existsSync(path),
})

/** Nothing of the environment but what a program needs to start. */
const start = (program: string, args: string[], cwd: string, env: Record<string, string> = {}) =>
  run(program, args, {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, DO_NOT_TRACK: '1', ...env },
    timeout: 60_000,
  })

const plain = (url: string) => `${url}${url.includes('?') ? '&' : '?'}sslmode=disable`

async function writeAll(
  project: Project,
  folder: string,
  texts: Readonly<Record<string, string>>,
  textOf: (sql: string, name: string) => string = (sql) => sql,
) {
  for (const [name, sql] of Object.entries(texts))
    await project.write(`${folder}/${name}.sql`, textOf(sql, name))
}

async function writeCommitted(project: Project, texts: Readonly<Record<string, string>>) {
  await project.write('.gmrc', '{}')
  let previous = ''
  for (const [index, sql] of Object.values(texts).entries()) {
    const hash = `sha1:${createHash('sha1')
      .update(`${`${previous}\n${sql.trim()}`.trim()}\n`)
      .digest('hex')}`
    const name = `00000${index + 1}.sql`
    const head = `--! Previous: ${previous || '-'}\n--! Hash: ${hash}\n\n`
    await project.write(`migrations/committed/${name}`, `${head}${sql.trim()}\n`)
    previous = hash
  }
}

async function writeKnex(project: Project, texts: Readonly<Record<string, string>>) {
  const config =
    "{ client: 'pg', connection: process.env.DATABASE_URL, migrations: { directory: './migrations' } }"
  // Its command line wants to be installed in the project.
  const latest = `const db = knex(${config}); db.migrate.latest().then(() => db.destroy())`
  await project.write('latest.cjs', `const knex = require(${JSON.stringify(join(here, 'knex'))}); ${latest}`)
  for (const [name, sql] of Object.entries(texts)) {
    const up = `exports.up = (knex) => knex.raw(${JSON.stringify(sql.replaceAll('?', '\\?'))})`
    await project.write(`migrations/${name}.js`, `${up}\nexports.down = async () => {}\n`)
  }
  await writeAll(project, 'migrations', texts)
}

const liquibaseHome = join(here, 'liquibase/dist/liquibase')

async function runLiquibase({ path }: Project, url: string) {
  const { hostname, port, pathname, username, password } = new URL(url)
  const jars = ['lib', 'extensions'].map((each) => join(liquibaseHome, 'internal', each, '*')).join(':')
  const main = 'liquibase.integration.commandline.LiquibaseCommandLine'
  const args = ['--changelog-file=root.yaml', `--search-path=${path}`]
  return start('java', ['-XX:TieredStopAtLevel=1', '-cp', jars, main, ...args, 'update'], path, {
    LIQUIBASE_COMMAND_URL: `jdbc:postgresql://${hostname}:${port}${pathname}`,
    LIQUIBASE_COMMAND_USERNAME: decodeURIComponent(username),
    LIQUIBASE_COMMAND_PASSWORD: decodeURIComponent(password),
  })
}

/** Those of npm. */
export const REAL_TOOLS: readonly RealTool[] = [
  {
    tool: 'dbmate',
    needs: [installed(join(bench, '.bin/dbmate'))],
    directory: 'migrations',
    write: (project, texts) =>
      writeAll(project, 'migrations', texts, (sql) => `-- migrate:up\n${sql}\n-- migrate:down\nselect 1;\n`),
    apply: ({ path }, url) =>
      start(
        join(bench, '.bin/dbmate'),
        ['--migrations-dir', 'migrations', '--no-dump-schema', 'migrate'],
        path,
        { DATABASE_URL: plain(url) },
      ),
    table: 'public.schema_migrations',
    checks: false,
  },
  {
    tool: 'node-pg-migrate',
    needs: [installed(join(bench, 'node-pg-migrate'))],
    directory: 'migrations',
    write: (project, texts) =>
      writeAll(
        project,
        'migrations',
        texts,
        (sql) => `-- Up Migration\n${sql}\n-- Down Migration\nselect 1;\n`,
      ),
    apply: ({ path }, url) =>
      start(process.execPath, [join(bench, 'node-pg-migrate/bin/node-pg-migrate.js'), 'up'], path, {
        DATABASE_URL: url,
      }),
    table: 'public.pgmigrations',
    checks: false,
  },
  {
    tool: 'graphile-migrate',
    needs: [installed(join(bench, 'graphile-migrate'))],
    directory: 'migrations/committed',
    write: writeCommitted,
    apply: ({ path }, url) =>
      start(process.execPath, [join(bench, 'graphile-migrate/dist/cli.js'), 'migrate'], path, {
        DATABASE_URL: url,
        ROOT_DATABASE_URL: new URL('/postgres', url).href,
      }),
    table: 'graphile_migrate.migrations',
    checks: true,
  },
  {
    tool: 'supabase',
    needs: [installed(join(bench, 'supabase'))],
    // In the CLI's own folder the two histories are kept in step, and nothing is left to adopt.
    directory: 'db',
    write: async (project, texts) => {
      await writeAll(project, 'supabase/migrations', texts)
      await writeAll(project, 'db', texts)
    },
    apply: ({ path }, url) =>
      start(
        process.execPath,
        [join(bench, 'supabase/dist/supabase.js'), 'db', 'push', `--remote=${plain(url)}`, '--yes'],
        path,
      ),
    table: 'supabase_migrations.schema_migrations',
    checks: true,
  },
  {
    tool: 'knex',
    needs: [installed(join(here, 'knex'))],
    directory: 'migrations',
    write: writeKnex,
    apply: ({ path }, url) => start(process.execPath, ['latest.cjs'], path, { DATABASE_URL: url }),
    table: 'public.knex_migrations',
    checks: false,
  },
  {
    tool: 'liquibase',
    needs: [installed(join(here, 'liquibase')), { program: 'java', atLeast: 11 }],
    directory: 'migrations',
    write: async (project, texts) => {
      await project.write('root.yaml', 'databaseChangeLog:\n  - includeAll:\n      path: migrations/\n')
      await writeAll(
        project,
        'migrations',
        texts,
        (sql, name) =>
          `--liquibase formatted sql\n\n--changeset ann:${name} splitStatements:false\n--comment: made by ann\n${sql}\n--rollback select 1;\n\n--changeset "bob b":more\nselect   1;\n`,
      )
    },
    apply: runLiquibase,
    table: 'public.databasechangelog',
    checks: true,
  },
]
