import type { Config } from '../model/config.js'
import { docsPage } from '../model/docs-page.js'
import type { OtherHistory } from '../model/other-history.js'
import type { ServerLife } from '../model/server-life.js'
import type { Rows, Session } from '../model/session.js'
import type { Endpoint, Target, Tracking } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import { noteTellingTables } from './adopt/telling-tables.js'
import { CUSTOM_RUNNER_SCHEMA, chooseTracking, DEFAULT_SCHEMA } from './choose-tracking.js'
import { factsQuery, type TargetFacts } from './target-facts.js'
import { type ElsewhereTimeout, parseElsewhere } from './timeouts-elsewhere.js'
import { type ReadOnly, whyReadOnly } from './why-read-only.js'

/** A target and what creating its tables needs to know. */
export interface FoundTarget {
  readonly target: Target
  readonly schemaExists: boolean
  /** Why nothing can be written there. */
  readonly readOnly?: ReadOnly
  /** See `Report.notes`. */
  readonly notes: readonly string[]
  /** `pg_backend_pid()`. What the connection was told when it was opened may be a pooler's invention. */
  readonly backend: number
  /** The server runs on Windows. */
  readonly windows: boolean
  /** Timeouts that role, database or server bring along. */
  readonly elsewhere: readonly ElsewhereTimeout[]
  /** Of the database: `UTF8`, `LATIN1`. */
  readonly encoding?: string
  /** Absent where the role may not ask. */
  readonly life?: ServerLife
  /** Histories of our kind at other places, where there is none at ours. */
  readonly others?: readonly OtherHistory[]
}

/**
 * What server this is and where its history stands, in one turn. Creates nothing, and sets nothing that outlives the
 * message: behind a pooler the next one may go to a session that others use.
 *
 * @throws UserError for another tool's table in our place, a newer version of ours, or an unsupported server
 */
export async function readTarget(
  session: Session,
  endpoint: Endpoint,
  wanted: Config['tracking'],
): Promise<FoundTarget> {
  const { results, error } = await session.send(targetQuery(wanted))
  const [facts] = results
  if (!facts || error) throw unreadable(endpoint, error?.message ?? 'there was no answer')
  return parseTarget(facts, endpoint, wanted)
}

/** The message that {@link parseTarget} reads the answer to: one result. */
export function targetQuery(wanted: Config['tracking']): string {
  const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA]
  return factsQuery(schemas, wanted.table)
}

/** @throws UserError as {@link readTarget} */
export function parseTarget(said: Rows, endpoint: Endpoint, wanted: Config['tracking']): FoundTarget {
  const facts = JSON.parse(said.rows[0]?.[0] ?? '{}') as TargetFacts
  if (facts.versionNumber < OLDEST_SERVER * 10000) throw unsupported(endpoint, facts.version)
  const tracking = chooseTracking(facts, wanted)
  const target = makeTarget(facts, endpoint, tracking)
  const { schema, table } = tracking
  const asFound = wanted.configured || schema === DEFAULT_SCHEMA ? [] : [usedAsFound(schema, table)]
  const notes = tracking.version === 'absent' ? noteTellingTables(facts.histories) : asFound
  const readOnly = whyReadOnly(facts)
  return {
    target,
    schemaExists: facts.schemas.includes(schema),
    notes,
    backend: facts.backend,
    windows: /windows|mingw|msvc|visual c\+\+/i.test(facts.build),
    elsewhere: parseElsewhere(facts.timeouts, endpoint.sets),
    ...(readOnly ? { readOnly } : {}),
    ...(facts.encoding === undefined ? {} : { encoding: facts.encoding }),
    ...lifeOf(facts),
    ...(facts.others?.length ? { others: facts.others } : {}),
  }
}

function lifeOf({ system }: TargetFacts): Pick<FoundTarget, 'life'> {
  const { startedAt, countsSince } = system ?? {}
  return startedAt != null && countsSince != null ? { life: { startedAt, countsSince } } : {}
}

function makeTarget(facts: TargetFacts, { host, port, user, tls }: Endpoint, tracking: Tracking): Target {
  const identity = facts.identities?.[tracking.schema]
  return {
    host,
    port,
    user,
    tls,
    database: facts.database,
    ...(facts.role ? { role: facts.role } : {}),
    serverMajor: Math.trunc(facts.versionNumber / 10000),
    serverVersion: facts.version,
    tracking,
    ...(facts.system?.identifier ? { systemIdentifier: facts.system.identifier } : {}),
    ...(facts.databaseOid === undefined ? {} : { databaseOid: facts.databaseOid }),
    ...(facts.system?.timeline && !facts.standby ? { timeline: facts.system.timeline } : {}),
    ...(identity ? { identity } : {}),
  }
}

const OLDEST_SERVER = 15

function usedAsFound(schema: string, table: string): string {
  return `History is kept in ${schema}.${table}: no tracking_schema is configured, and the tables of a custom runner are there.`
}

function unsupported(endpoint: Endpoint, version: string): UserError {
  return new UserError([
    {
      message: `${endpoint.host}:${endpoint.port} is PostgreSQL ${version}; versions from ${OLDEST_SERVER} on are supported.`,
      help: `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer.`,
    },
  ])
}

function unreadable(endpoint: Endpoint, reason: string): UserError {
  return new UserError([
    {
      message: `Connected to ${endpoint.host}:${endpoint.port}, but the server refused to answer: ${reason}.`,
      help: /plpgsql/.test(reason) ? NO_LANGUAGE : NO_CATALOGS,
    },
  ])
}

const NO_CATALOGS =
  'Check that the role may log in and read the system catalogs, and that this is a PostgreSQL server.'

/** Every role may use it, unless that was taken back; nothing is created for it. */
const NO_LANGUAGE = `What is asked is a block in PL/pgSQL, which every database has. Give the role the right to it: GRANT USAGE ON LANGUAGE plpgsql TO <role>; ${docsPage('database', 'rights')} lists what else it needs.`
