import { COMMANDS } from '../../config/commands.js'
import { detectPooler } from '../../database/detect-pooler.js'
import { directEndpoint } from '../../database/direct-endpoint.js'
import type { Door } from '../../database/open-session.js'
import { parseRecords, recordsQuery } from '../../database/read-history.js'
import { type FoundTarget, parseTarget, readTarget, targetQuery } from '../../database/read-target.js'
import { parseSchemaComparison, schemaDriftQuery } from '../../database/schema/schema-drift-query.js'
import { sessionSettings } from '../../database/session-settings.js'
import { parseSupabase, supabaseQuery } from '../../database/supabase/read-supabase.js'
import { takeLock } from '../../database/take-lock.js'
import { noteElsewhere, noteNoLimit } from '../../database/timeouts-elsewhere.js'
import { TRACKING_VERSION } from '../../database/tracking-ddl.js'
import type { ReadOnly } from '../../database/why-read-only.js'
import type { Config } from '../../model/config.js'
import { docsPage } from '../../model/docs-page.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Problem } from '../../model/problem.js'
import type { SchemaComparison } from '../../model/schema.js'
import type { Reply, ServerError, Session } from '../../model/session.js'
import type { InStep } from '../../model/sides.js'
import type { SupabaseRow } from '../../model/supabase.js'
import type { Endpoint, Target } from '../../model/target.js'
import { UserError } from '../../model/user-error.js'
import { renderUser } from '../../render/user-name.js'
import type { System } from '../system.js'
import { judgeTarget } from './judge-target.js'

/** What is known of a target before anything is done to it. */
export interface Known extends FoundTarget {
  readonly records: readonly AppliedRecord[]
  /** When the lock was had, by the server's clock, as the time of an event is written. */
  readonly lockedAt?: string
  /** The schema as it is beside what it was when the last run ended, where it was compared. */
  readonly schemaComparison?: SchemaComparison
  /** The Supabase CLI's table, where it is there and is looked at. */
  readonly supabase?: readonly SupabaseRow[]
  /** What brings the Supabase CLI's table and ours into step, where they are kept so: see `keep-in-step.ts`. */
  readonly step?: InStep
  /** SQL that sets a session up for work. Sent already on the session of a command that rehearses or applies. */
  readonly settings: string
  /** It is not the target that the run is for; or the lock was not to be had. */
  readonly refusal?: Problem
  /** What the database's encoding can't hold of what is to be recorded. */
  readonly unrecordable?: readonly Problem[]
  /** The run was asked to end while it waited for the lock. */
  readonly cancelled?: true
}

/**
 * Reads target and history. What only reads sets nothing and takes no lock, so that it works through every pooler. What
 * rehearses or applies reads under the run's lock, so that nothing changes between reading and doing; where the target
 * is another one than the run is for, that is told before anything is set, and its lock is left to the runs it is for.
 *
 * @throws UserError where the history can not be read, or the target is none to work on: before anything is set on it
 */
export async function readHistory(
  session: Session,
  door: Door,
  config: Config,
  system: System,
  asked: Asked = {},
): Promise<Known> {
  const found = await readTarget(session, door.endpoint, config.tracking)
  const settings = sessionSettings(config, { ...found.target, windows: found.windows })
  const asFound = { ...found, settings }
  if (!COMMANDS[config.command].locks)
    return withRecords(asFound, await send(session, found, config, asked.files))
  if (found.readOnly !== undefined) throw notWritable(found.target, found.readOnly)
  const judged = judgeTarget(found.target, config)
  // A role that may not read what the target remembers may not read its history either, which is told better.
  const isAnother = judged.kind === 'refused' && judged.move !== undefined
  if (isAnother) return { ...asFound, records: [], refusal: judged.problem }
  const pooling = await detectPooler(session, found.backend, door)
  if (pooling !== undefined) throw pooled(door.endpoint, config.redact(pooling))
  session.keeps?.(found.backend)
  return readLocked(session, withNotes(asFound, config), config, system, asked)
}

type Found = Omit<Known, 'records'>

/** What more is asked of reading the history. */
export interface Asked {
  /** How many files there are, where the schema is to be compared with what it was. */
  readonly files?: number | undefined
  /** Told of the target while its lock and its history are asked for. */
  readonly onTarget?: (target: Target) => void
}

async function readLocked(
  session: Session,
  found: Found,
  config: Config,
  system: System,
  { files, onTarget }: Asked,
): Promise<Known> {
  const { settings, target } = found
  const { tracking } = target
  let waited = false
  const taking = takeLock(session, target, {
    settings,
    message: `${sidesQuery(config)}${historyQuery(found, config, files) || targetQuery(config.tracking)}`,
    limitMs: config.lockWaitMs,
    signal: system.signal,
    runUrl: config.run.runUrl,
    onWait: (holder, waitedMs) => {
      waited = true
      system.observe({ kind: 'waiting-for-lock', holder, waitedMs, limitMs: config.lockWaitMs })
    },
  })
  onTarget?.(target)
  const lock = await taking
  if (!lock.taken && lock.aborted) return { ...found, records: [], cancelled: true }
  if (!lock.taken && !lock.reply.error)
    return { ...found, records: [], refusal: lockRefused(lock.holder, config.lockWaitMs) }
  const since = lock.taken ? { lockedAt: lock.at } : {}
  const isKnown = tracking.version === TRACKING_VERSION && !waited
  if (lock.reply.error || isKnown) return withRecords({ ...found, ...since }, lock.reply)
  // Another run may have created or upgraded the tables between the two messages, or moved the target while we waited.
  const facts = tracking.version === 'absent' ? lock.reply.results.at(-1) : undefined
  const again = facts
    ? parseTarget(facts, target, config.tracking)
    : await readTarget(session, target, config.tracking)
  const isAsBefore = again.target.tracking.version === tracking.version
  const reply = isAsBefore ? lock.reply : await send(session, again, config, files)
  return withRecords({ ...again, ...since, notes: found.notes, settings }, reply)
}

function withNotes(found: Found, { timeouts }: Config): Found {
  const { elsewhere, target } = found
  const missing = timeouts.transactionMs > 0 ? noteNoLimit(target) : []
  const notes = [...found.notes, ...noteElsewhere(elsewhere, timeouts, target.serverMajor), ...missing]
  return { ...found, notes }
}

async function send(
  session: Session,
  found: FoundTarget,
  config: Config,
  files: number | undefined,
): Promise<Reply | undefined> {
  const query = `${sidesQuery(config)}${historyQuery(found, config, files)}`
  return query ? session.send(query) : undefined
}

/** Where the Supabase CLI's table is looked at, all of it. */
function sidesQuery(config: Pick<Config, 'inStep' | 'format'>): string {
  return looksAtSupabase(config) ? `${supabaseQuery()}\n` : ''
}

function looksAtSupabase({ inStep, format }: Pick<Config, 'inStep' | 'format'>): boolean {
  return inStep !== undefined || format === 'supabase'
}

/** The records last; before them the schema. Empty where there is no history. */
function historyQuery({ target }: FoundTarget, config: Config, files: number | undefined): string {
  const records = recordsQuery(target.tracking)
  if (files === undefined || !COMPARING.includes(config.command) || config.schemaDrift === 'off')
    return records
  // Who only looks wants to know; a deployment with nothing to apply wants to go on.
  const applies = config.command === 'migrate' && !config.dryRun
  return `${schemaDriftQuery(target.tracking, config.schemas, applies ? files : undefined)}\n${records}`.trim()
}

const COMPARING: readonly Config['command'][] = [
  'plan',
  'dry-run',
  'migrate',
  'verify',
  'rollback',
  'repair',
  'baseline',
  'adopt',
]

function withRecords(found: Found, reply: Reply | undefined): Known {
  if (reply?.error) throw unreadableHistory(found.target, reply.error)
  if (!reply) return { ...found, records: [] }
  const rows = parseSupabase(reply)
  const known = { ...found, ...(rows ? { supabase: rows } : {}) }
  if (found.target.tracking.version === 'absent') return { ...known, records: [] }
  const schemaComparison = parseSchemaComparison(reply.results.at(-2))
  return { ...known, records: parseRecords(reply), ...(schemaComparison ? { schemaComparison } : {}) }
}

/** A role without rights gets this, and never an empty history. */
export function unreadableHistory(
  target: Target,
  { code, message }: Pick<ServerError, 'code' | 'message'>,
): UserError {
  const { schema, table } = target.tracking
  return new UserError([
    {
      message: `The history in ${schema}.${table} can not be read as ${renderUser(target)}: ${message}.`,
      ...(code === LOCK_TIMEOUT ? HELD : { help: NO_RIGHTS }),
    },
  ])
}

const LOCK_TIMEOUT = '55P03'

const HELD = {
  busy: true,
  help: 'Another session holds the table. Wait until it has ended, or find it: SELECT pid, relation::regclass, mode FROM pg_locks WHERE granted AND relation IS NOT NULL;',
} as const

const NO_RIGHTS = `Use the role that owns the tables, or grant what a reading role needs: ${docsPage('database', 'rights')} lists it.`

function notWritable({ host, port }: Target, { why, help }: ReadOnly): UserError {
  return new UserError([
    { message: `${host}:${port} ${why}.`, help: `${help} Nothing was sent to it beyond reading what it is.` },
  ])
}

function pooled(endpoint: Endpoint, seen: string): UserError {
  const { host, port } = endpoint
  const direct = directEndpoint(endpoint)
  const instead = direct
    ? `Use ${direct.host}:${direct.port} instead`
    : 'Connect to PostgreSQL itself, or to a pool in session mode'
  return new UserError([
    {
      message: `${host}:${port} is a connection pooler, and ${seen}. A run's lock and settings need a server process of its own.`,
      help: `${instead}. Nothing was set and no lock taken; commands that only read (status, plan, verify, history) work here.`,
    },
  ])
}

function lockRefused(holder: string, waitedMs: number): Problem {
  return {
    busy: true,
    message: `Another run holds the lock of this target: ${holder}. Waited ${Math.round(waitedMs / 1000)} s (lock-wait).`,
    help: 'Wait for it to end, or raise lock-wait. If it hangs, end it on the server with SELECT pg_terminate_backend(<process>).',
  }
}
