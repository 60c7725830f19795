import { join, relative } from 'node:path'
import { openLibpq } from '../database/open-libpq.js'
import { parseDatabaseUrl } from '../database/parse-database-url.js'
import { timeoutsFor } from '../database/session-settings.js'
import { parseSupabase, supabaseQuery } from '../database/supabase/read-supabase.js'
import { trackingNames } from '../database/tracking-names.js'
import type { Executor } from '../executors/executor.js'
import { superviseSupabase } from '../executors/supabase/apply.js'
import { findCli } from '../executors/supabase/find-cli.js'
import { findUnsupported } from '../executors/supabase/find-unsupported.js'
import { judgeVersion } from '../executors/supabase/judge-version.js'
import type { CliTarget } from '../executors/supabase/push-command.js'
import { semanticsOf } from '../executors/supabase/semantics.js'
import type { SupabaseCli } from '../executors/supabase/supabase-cli.js'
import type { Supervision } from '../executors/supabase/supervision.js'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Problem } from '../model/problem.js'
import type { Session } from '../model/session.js'
import type { TlsMode } from '../model/target.js'
import { quoteLiteral } from '../sql/identifier.js'
import type { Way } from './way.js'

/** What stands against pushing some files by the Supabase CLI that is here, and what is to be known of it. */
export interface SupabasePlan {
  /** The set-up is wrong. */
  readonly problem?: Problem
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

/*
 * A bundle of its own, loaded only where format is supabase: it throws nothing that is told by its class.
 */

/** Looks for the CLI and asks what of the pending files it could not apply as they are rehearsed. */
export async function planSupabase(
  run: Way,
  migrations: readonly RunnableMigration[],
): Promise<SupabasePlan> {
  const { config, door, gathered } = run
  const none = { findings: [], notes: [] }
  if (door.endpoint.host.startsWith('/')) return { ...none, problem: noSocket(config) }
  const found = await findCli(searchedBy(config))
  if ('problem' in found) return { ...none, problem: found.problem }
  clis.set(gathered, found)
  const verdict = judgeVersion(found, door.endpoint.tls)
  if (verdict.problem) return { ...none, problem: verdict.problem }
  const names = (gathered.files ?? []).map(({ name }) => name).sort(byBytes)
  return {
    findings: findUnsupported(migrations, found.version, names[0]),
    notes: [describe(found, config.base), ...verdict.notes, ...noteTimeouts(run)],
  }
}

/** Runs some work with an executor that supervises the CLI. What it needs of the disk is gone afterwards. */
export async function withSupabase<T>(
  run: Way,
  work: (executor: Executor) => Promise<T>,
): Promise<T | { readonly problem: Problem }> {
  const { config, door, known, gathered } = run
  const cli = clis.get(gathered) ?? (await findCli(searchedBy(config)))
  if ('problem' in cli) return cli
  const { user } = door.endpoint
  await using libpq = await openLibpq({ url: door.url, user, access: config })
  const { PGOPTIONS: _, HOME: home = '', ...environment } = libpq.environment
  const { table } = trackingNames(known.target.tracking)
  const isDirect = known.backend === run.session.processId
  return await work(
    superviseSupabase({
      cli,
      target: targetOf(run, environment),
      environment: { ...environment, ...QUIET, HOME: home, PGAPPNAME: APPLICATION },
      applicationName: APPLICATION,
      folder: join(home, 'project'),
      ...(isDirect ? { optionsFor: optionsOf(run) } : {}),
      readRows,
      backdate: ({ file }, milliseconds) =>
        `UPDATE ${table} SET applied_at = applied_at - interval '1 millisecond' * ${Math.max(0, Math.round(milliseconds))} WHERE version = ${quoteLiteral(file.version)};`,
      redact: config.redact,
    }),
  )
}

/** Of a run: it is asked for its version once. */
const clis = new WeakMap<Way['gathered'], SupabaseCli>()

const APPLICATION = 'devflow-migrate supabase'

const QUIET = {
  NO_COLOR: '1',
  TERM: 'dumb',
  SUPABASE_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  CI: 'true',
}

function searchedBy({ directory, supabaseCli, variableOf }: Config) {
  return {
    // The working directory is above it, or the folder of a project within.
    folder: directory,
    path: variableOf('PATH') ?? '',
    ...(supabaseCli === undefined ? {} : { configured: supabaseCli }),
  }
}

function targetOf({ config, door }: Way, { PGSSLROOTCERT }: NodeJS.ProcessEnv): CliTarget {
  const { host, port, user, database, tls } = door.endpoint
  const { options = '' } = parseDatabaseUrl(door.url, config.databaseSource)
  return {
    host,
    port,
    user,
    database,
    sslMode: SSL_MODES[tls],
    ...(PGSSLROOTCERT === undefined ? {} : { sslRootCert: PGSSLROOTCERT }),
    options,
  }
}

/** As our own connection is, in libpq's words. */
const SSL_MODES: Readonly<Record<TlsMode, CliTarget['sslMode']>> = {
  'verify-full': 'verify-full',
  'off (private address)': 'disable',
  'off (sslmode=disable)': 'disable',
  'not verified (sslmode=no-verify)': 'require',
}

/** What RESET ALL, which the CLI sends before each file, goes back to. */
function optionsOf({ config, known }: Way): NonNullable<Supervision['optionsFor']> {
  const { target, windows } = known
  return ({ lockMs, statementMs }) =>
    Object.entries({
      ...timeoutsFor({ ...config.timeouts, lockMs, statementMs }, target),
      // A CLI that was ended is noticed within a second, and what it left undone is rolled back.
      ...(windows ? {} : { client_connection_check_interval: 1000 }),
    })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' ')
}

async function readRows(session: Session): ReturnType<Supervision['readRows']> {
  const reply = await session.send(supabaseQuery())
  return reply.error ? undefined : (parseSupabase(reply) ?? [])
}

function describe({ version, path }: SupabaseCli, base: string): string {
  const inside = relative(base, path)
  const shown = inside.startsWith('..') ? path : inside
  const how = {
    pipeline: 'sends each file with its record as one implicit transaction',
    block:
      'sends each file with its record between BEGIN and COMMIT, and concurrent index builds outside of it',
    split: 'sends each file with its record as one implicit transaction, and what runs in none outside of it',
  }[semanticsOf(version)]
  return `The Supabase CLI ${version} (${shown}) applies, and ${how}. A rehearsal executes the files without it: its own dry run only lists their names.`
}

/** Behind a pooler its connection takes no settings from us. */
function noteTimeouts({ known, session }: Way): string[] {
  if (known.backend === session.processId) return []
  return [
    'Through a connection pooler the Supabase CLI gets no lock-timeout and no statement-timeout from this run: connect to PostgreSQL itself for that.',
  ]
}

function noSocket({ databaseSource }: Config): Problem {
  return {
    message: `The database URL in ${databaseSource} names a Unix socket, which the Supabase CLI can not connect to.`,
    help: 'Name the host and port of the server. Or apply the files without the CLI: format: sql.',
  }
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}
