import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import type { Report } from '../../src/model/report.js'
import type { System } from '../../src/programs/system.js'
import { aMigrator } from '../programs/a-migrator.js'
import { aChecksum } from '../support/builders.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import type { RunSeen } from './check-point.js'
import type { Scenario } from './scenario.js'

/** A database with its project, on which runs are disturbed one after the other. */
export interface Stand extends AsyncDisposable {
  readonly database: StandDatabase
  readonly scenario: Scenario
  /** Of its files, by version. */
  readonly checksums: Readonly<Record<string, string>>
  /** The database as no run has ever been in it. */
  reset(): Promise<void>
  /** The whole program, in this process. */
  run(url: string, system?: Partial<System>): Promise<RunSeen>
  /** The command line tool, in a process of its own. */
  start(url: string, cli: string): StartedRun
}

export type StandDatabase = Pick<TestDatabase, 'url' | 'query'>

export interface StartedRun {
  readonly child: ChildProcess
  readonly ended: Promise<RunSeen>
}

export async function aStand(database: StandDatabase, scenario: Scenario): Promise<Stand> {
  const files = Object.fromEntries(scenario.files.map(({ name, sql }) => [name, sql]))
  const migrator = await aMigrator(database.url, files)
  const given = { 'lock-wait': '10s', ...scenario.given }
  return {
    database,
    scenario,
    checksums: Object.fromEntries(scenario.files.map(({ version, sql }) => [version, aChecksum(sql)])),
    reset: async () => void (await database.query(RESET)),
    run: async (url, system = {}) => {
      const started = performance.now()
      const report = await migrator.run('migrate', { given, variables: { DATABASE_URL: url }, system })
      return seen(report, report.exitCode, started)
    },
    start: (url, cli) => startProcess(cli, migrator.project.path, url, given),
    [Symbol.asyncDispose]: () => migrator[Symbol.asyncDispose](),
  }
}

/** Sessions that a run has left are ended first: they would hold what is dropped. */
const RESET = `DO $$ BEGIN
  PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();
END $$;
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS devflow, public CASCADE;
CREATE SCHEMA public;
CREATE TABLE public.probe (mark text, transaction xid8 DEFAULT pg_current_xact_id())`

type Told = Pick<Report, 'ready' | 'outcomes' | 'problems'>

function seen(report: Told | undefined, exitCode: number | null, started: number): RunSeen {
  const wallMs = Math.round(performance.now() - started)
  if (!report) return { exitCode, wallMs }
  const reasons = [
    ...report.problems.map(({ message }) => message),
    ...report.outcomes.flatMap(({ failure }) => (failure ? [`${failure.code} ${failure.message}`] : [])),
  ]
  return {
    exitCode,
    wallMs,
    ready: report.ready,
    states: Object.fromEntries(report.outcomes.map(({ version, state }) => [version, state])),
    ...(reasons.length > 0 ? { said: reasons.join(' | ').slice(0, 400) } : {}),
  }
}

function startProcess(
  cli: string,
  cwd: string,
  url: string,
  given: Readonly<Record<string, string>>,
): StartedRun {
  const flags = Object.entries(given).map(([name, value]) => `--${name}=${value}`)
  const started = performance.now()
  const child = spawn(process.execPath, [cli, 'db', 'migrate', '--env', 'test', '--ci', '--json', ...flags], {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), DATABASE_URL: url },
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
    return { ready: report.ready === true, outcomes: report.outcomes ?? [], problems: report.problems ?? [] }
  } catch {
    return undefined
  }
}
