import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import type { Report } from '../../src/model/report.js'
import type { System } from '../../src/programs/system.js'
import { aMigrator, type Migrator } from '../programs/a-migrator.js'
import { aChecksum } from '../support/builders.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import { aShadowPlace, type ShadowPlace } from './a-shadow-place.js'
import type { RunSeen } from './check-point.js'
import type { Scenario } from './scenario.js'
import { PROBE } from './snapshot.js'

/** A database with its project, on which runs are disturbed one after the other. */
export interface Stand extends AsyncDisposable {
  readonly database: StandDatabase
  readonly scenario: Scenario
  /** Of its files, by version. */
  readonly checksums: Readonly<Record<string, string>>
  /** Where the scenario is rehearsed on shadows. */
  readonly shadows?: ShadowPlace
  /** The database as no run has ever been in it, but for what the scenario begins with. */
  reset(): Promise<void>
  /** What the scenario disturbs: the whole program, in this process. */
  run(url: string, system?: Partial<System>): Promise<RunSeen>
  /** The same by the command line tool, in a process of its own. */
  start(url: string, cli: string): StartedRun
  /** What comes after it: a run that applies. */
  finish(): Promise<RunSeen>
}

export interface StandDatabase extends Pick<TestDatabase, 'url' | 'query'> {
  /** Stops the server as a power cut does and starts it again. Absent where others use it too. */
  readonly restart?: () => Promise<void>
}

export interface StartedRun {
  readonly child: ChildProcess
  readonly ended: Promise<RunSeen>
}

export async function aStand(database: StandDatabase, scenario: Scenario): Promise<Stand> {
  const { files, before, command = 'migrate' } = scenario
  const named = Object.fromEntries([
    ...[...(before ? [before] : []), ...files].map(({ name, sql }) => [name, sql]),
    ...files.flatMap(({ name, down }) =>
      down === undefined ? [] : [[name.replace('.sql', '.down.sql'), down]],
    ),
  ])
  const migrator = await aMigrator(database.url, named)
  const shadows = scenario.onShadow ? await aShadowPlace(database) : undefined
  const rehearse: Scenario['given'] = shadows ? { rehearse: 'shadow' } : {}
  const given = { 'lock-wait': '10s', ...rehearse, ...scenario.given }
  const variables = (url: string): Record<string, string> => ({
    DATABASE_URL: url,
    ...(shadows ? { SHADOW_DATABASE_URL: shadows.urlBeside(url) } : {}),
    ...(scenario.approved ? APPROVED : {}),
  })
  if (scenario.approved) await migrator.project.write('devflow.yml', APPROVAL)
  const run = async (what: string, url: string, system: Partial<System> = {}) => {
    const started = performance.now()
    const report = await migrator.run(what, { given, variables: variables(url), system })
    return seen(report, report.exitCode, started)
  }
  let backToBefore: string | undefined
  const begin = async () => {
    await database.query(`${END_SESSIONS}\n${EMPTY}`)
    if (before) await applyBefore(migrator, before)
    return `${END_SESSIONS}\n${EMPTY_PUBLIC}\n${before?.sql ?? ''}\n${await takeBack(database)}`
  }
  return {
    database,
    scenario,
    checksums: Object.fromEntries(files.map(({ version, sql }) => [version, aChecksum(sql)])),
    ...(shadows ? { shadows } : {}),
    reset: async () => {
      await shadows?.clear()
      if (command === 'rollback') return await applyAll(database, migrator)
      backToBefore ??= before ? await begin() : undefined
      await database.query(backToBefore ?? `${END_SESSIONS}\n${EMPTY}\n${PROBE}`)
    },
    run: (url, system) => run(command, url, system),
    start: (url, cli) => startProcess([cli, 'db', command], migrator.project.path, variables(url), given),
    finish: () => run(command === 'rollback' ? command : 'migrate', database.url),
    [Symbol.asyncDispose]: async () => {
      await shadows?.[Symbol.asyncDispose]()
      await migrator[Symbol.asyncDispose]()
    },
  }
}

/** JSON is YAML. */
const APPROVAL = JSON.stringify({
  database: { environments: { test: { require_approval: true, approval: 'confirmation' } } },
})

const APPROVED = {
  CONFIRM_PRODUCTION_MIGRATION: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '1',
}

async function applyAll(database: StandDatabase, migrator: Migrator): Promise<void> {
  await database.query(`${END_SESSIONS}\n${EMPTY}`)
  const { exitCode } = await migrator.run('migrate', { given: { rehearse: 'off' } })
  if (exitCode !== 0) throw new Error('what is to be undone could not be applied')
}

async function applyBefore(migrator: Migrator, { name }: { readonly name: string }): Promise<void> {
  const [version = ''] = name.split('_')
  const { exitCode } = await migrator.run('migrate', { given: { to: version, rehearse: 'off' } })
  if (exitCode !== 0) throw new Error(`${name} could not be applied`)
}

/** Those that a run has left would hold what is dropped. */
const END_SESSIONS = `DO $$ BEGIN
  PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();
END $$;
SET client_min_messages = warning;`

const EMPTY_PUBLIC = 'DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;'

const EMPTY = `DROP SCHEMA IF EXISTS devflow CASCADE; ${EMPTY_PUBLIC}`

/** SQL by which history forgets what has been added to it since: quicker than applying what was before once more. */
async function takeBack(database: StandDatabase): Promise<string> {
  const [last] = await database.query<{ versions: string; seq: string; id: string }>(`SELECT
  (SELECT string_agg(quote_literal(version), ', ') FROM devflow.schema_migrations) AS versions,
  (SELECT max(seq) FROM devflow.migration_history) AS seq,
  (SELECT coalesce(max(id), 0) FROM devflow.schema_snapshots) AS id`)
  return `DELETE FROM devflow.schema_migrations WHERE version NOT IN (${last?.versions});
DELETE FROM devflow.migration_history WHERE seq > ${last?.seq};
DELETE FROM devflow.schema_snapshots WHERE id > ${last?.id};`
}

type Told = Pick<Report, 'status' | 'ready' | 'outcomes' | 'rehearsal' | 'problems' | 'operation'>

function seen(report: Told | undefined, exitCode: number | null, started: number): RunSeen {
  const wallMs = Math.round(performance.now() - started)
  if (!report) return { exitCode, wallMs }
  const steps = report.operation?.steps ?? []
  const reasons = [
    ...report.problems.map(({ message }) => message),
    ...[...report.outcomes, ...steps, ...report.rehearsal].flatMap(({ failure }) =>
      failure ? [`${failure.code} ${failure.message}`] : [],
    ),
  ]
  return {
    exitCode,
    wallMs,
    status: report.status,
    ...(report.operation ? {} : { ready: report.ready }),
    states: Object.fromEntries([
      ...report.outcomes.map(({ version, state }) => [version, state]),
      ...steps.map(({ version, state }) => [version, state === 'done' ? 'applied' : state]),
    ]),
    rehearsed: Object.fromEntries(report.rehearsal.map(({ version, state }) => [version, state])),
    ...(reasons.length > 0 ? { said: reasons.join(' | ').slice(0, 400) } : {}),
  }
}

function startProcess(
  words: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): StartedRun {
  const flags = Object.entries(given).map(([name, value]) => `--${name}=${value}`)
  const started = performance.now()
  const child = spawn(process.execPath, [...words, '--env', 'test', '--ci', '--json', ...flags], {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  child.stderr?.resume()
  const ended = once(child, 'close').then(([code]) => seen(parseReport(text), code, started))
  return { child, ended }
}

/** Undefined where the process ended before it could tell. */
function parseReport(text: string): Told | undefined {
  try {
    const report = JSON.parse(text) as Partial<Told>
    const { status, ready = false, outcomes = [], rehearsal = [], problems = [], operation } = report
    if (status === undefined) return undefined
    return { status, ready, outcomes, rehearsal, problems, ...(operation ? { operation } : {}) }
  } catch {
    return undefined
  }
}
