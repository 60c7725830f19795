import { userInfo } from 'node:os'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Config } from '../model/config.js'
import type { Reply, ServerError, Session } from '../model/session.js'
import type { Endpoint } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import { MARK_CODE } from '../sql/mark.js'
import { applicationName } from './application-name.js'
import { cancelRunning } from './cancel-running.js'
import { chooseTls } from './choose-tls.js'
import { countCharacters } from './count-characters.js'
import { explainConnectionError } from './explain-connection-error.js'
import { followReading } from './follow-reading.js'
import { guardParser } from './guard-parser.js'
import { loadRootCertificate } from './load-root-certificate.js'
import { type DatabaseUrl, parseDatabaseUrl } from './parse-database-url.js'
import { requireChannelBinding } from './require-channel-binding.js'
import { describe, type ReceivedError, sendMessage, stateOf } from './send-message.js'

/** What opening a connection needs of the configuration. */
export type Access = Pick<Config, 'databaseSource' | 'redact' | 'tlsCa' | 'run'>

/** A way to the database that can be opened as often as needed. */
export interface Door {
  readonly endpoint: Endpoint
  /** Called with each NOTICE and WARNING of the server, redacted. */
  open(onNotice: (severity: string, message: string) => void): Promise<Session>
}

/** What of a connection is not as its URL has it. */
export interface Elsewhere {
  /** The database, in place of the URL's. */
  readonly database?: string
  /** What carries the bytes, in place of a connection of its own. Nothing can be cancelled over it. */
  readonly stream?: () => Duplex
  /** How long a server may take to answer, where it is not waited for as long as a run can. Milliseconds. */
  readonly connectWithinMs?: number
}

/**
 * Reads the URL and decides on TLS, without connecting.
 *
 * @throws UserError when the URL can not be read, or no certificate authority can
 */
export async function makeDoor(url: string, access: Access, elsewhere: Elsewhere = {}): Promise<Door> {
  const parts = parseDatabaseUrl(url, access.databaseSource)
  const tls = chooseTls(parts, access.tlsCa ?? (await loadRootCertificate(parts)))
  const user = parts.user ?? osUser(access.databaseSource)
  const endpoint = {
    host: parts.host,
    port: parts.port,
    user,
    database: elsewhere.database ?? parts.database ?? user,
    tls: tls.mode,
    ...(parts.options ? { sets: settingsIn(parts.options) } : {}),
  }
  return {
    endpoint,
    open: (onNotice) =>
      openSession(
        { ...clientConfig(endpoint, parts, tls.ssl, access), ...changedBy(elsewhere) },
        parts,
        endpoint,
        access,
        onNotice,
      ),
  }
}

/** `-c name=value` and `--name=value`; a dash in a name stands for the underscore. */
function settingsIn(options: string): string[] {
  const named = options.matchAll(/(?:^|\s)(?:-c\s*|--)([\w.-]+)\s*=/g)
  return Array.from(named, ([, name = '']) => name.replaceAll('-', '_').toLowerCase())
}

function changedBy({ stream, connectWithinMs }: Elsewhere): pg.ClientConfig {
  return {
    // `pg` takes a function too, which its types do not know.
    ...(stream ? ({ stream } as unknown as pg.ClientConfig) : {}),
    ...(connectWithinMs === undefined ? {} : { connectionTimeoutMillis: connectWithinMs }),
  }
}

/** As with psql. A process in a container may run under a number that has no name. */
function osUser(source: string): string {
  try {
    return userInfo().username
  } catch {
    throw new UserError([
      {
        message: `The database URL in ${source} names no user, and the operating system has no name for this one.`,
        help: 'Write postgresql://user:password@host:5432/database.',
      },
    ])
  }
}

/** Everything is said in words, because `pg` fills each gap from PG* variables and ~/.pgpass. */
function clientConfig(
  endpoint: Endpoint,
  url: DatabaseUrl,
  ssl: pg.ClientConfig['ssl'],
  access: Access,
): pg.ClientConfig {
  return {
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.user,
    database: endpoint.database,
    password: () => url.password ?? '',
    ssl: ssl ?? false,
    sslnegotiation: 'postgres',
    application_name: applicationName(access.run.runUrl),
    client_encoding: 'UTF8',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    enableChannelBinding: url.channelBinding,
  } as pg.ClientConfig
}

const CONNECT_TIMEOUT_MS = 20_000

/** The server warns of it, and closes: another of its processes crashed. */
const OTHERS_CRASH = '57P02'

async function openSession(
  settings: pg.ClientConfig,
  { options = '', bindingRequired: bound }: DatabaseUrl,
  endpoint: Endpoint,
  access: Access,
  onNotice: (severity: string, message: string) => void,
): Promise<Session> {
  const client = new pg.Client(settings)
  const startup = client as pg.Client & { connectionParameters: { options?: string; replication?: string } }
  startup.connectionParameters.options = options
  // PGREPLICATION can not be overruled otherwise.
  startup.connectionParameters.replication = ''
  sendAtStartup(client)
  guardParser(client)
  const inCharacters = countCharacters(client)
  if (bound) requireChannelBinding(client)
  let endedBy: ServerError | undefined
  // Without a listener a lost idle connection would end the process; the next message reports it.
  client.on('error', (error) => {
    endedBy ??= describe(error as ReceivedError, access.redact)
  })
  let running: Promise<Reply> | undefined
  let onMark: ((mark: string) => void) | undefined
  let broken: { readonly error: unknown } | undefined
  let isWarned = false
  client.on('notice', ({ code, severity, message = '' }) => {
    if (code === OTHERS_CRASH) isWarned = true
    // It comes from the connection's own events, where nobody catches: whoever sent the message is told at its end.
    try {
      if (code === MARK_CODE && onMark) onMark(message)
      else onNotice(severity ?? 'NOTICE', access.redact(message))
    } catch (error) {
      broken ??= { error }
    }
  })
  await connect(client, endpoint, access)
  const reading = followReading(client)
  const processId = (client as pg.Client & { processID: number }).processID
  return {
    processId,
    send: async (sql, options = {}) => {
      const refused = options.keepRows === false ? reading.refusal(sql, stateOf(client)) : undefined
      if (refused) return refused
      reading.sending(sql)
      onMark = options.onMark
      const sent = sendMessage(client, sql, access.redact, options)
      // Messages of ours are short, and must not be broken off.
      running = options.keepRows === false ? sent : undefined
      const reply = inCharacters(withLastWords(await sent, endedBy, isWarned), sql)
      if (running === sent) running = undefined
      if (!broken) return reply
      const { error } = broken
      broken = undefined
      throw error
    },
    giveUp: (reason) => void socketOf(client).destroy(new Error(reason)),
    cancel: async () => (settings.stream ? undefined : cancelRunning(client, settings, () => running)),
    [Symbol.asyncDispose]: () => closeQuietly(client),
  }
}

/** What ended a connection may have been said while nothing ran, or as a warning. */
function withLastWords(reply: Reply, endedBy: ServerError | undefined, isWarned: boolean): Reply {
  const error = endedBy?.limit ? endedBy : reply.error
  if (reply.state !== 'lost' || !error) return reply
  return { ...reply, error: isWarned ? { ...error, isTold: true } : error }
}

async function connect(client: pg.Client, endpoint: Endpoint, { redact }: Access): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    void client.end().catch(() => {})
    throw explainConnectionError(
      endpoint,
      describe(error as ReceivedError, redact),
      (error as ReceivedError).code,
    )
  }
}

/**
 * The parser reads backslashes in strings as characters, so the server has to: otherwise a COMMIT that is text to one is
 * a statement to the other. In the startup packet it is also what RESET ALL goes back to, and poolers know it.
 */
function sendAtStartup(client: pg.Client): void {
  const withStartup = client as pg.Client & { getStartupConf(): Record<string, string> }
  const usual = withStartup.getStartupConf()
  withStartup.getStartupConf = () => ({ ...usual, standard_conforming_strings: 'on' })
}

function socketOf(client: pg.Client): Duplex {
  return (client as pg.Client & { connection: { stream: Duplex } }).connection.stream
}

async function closeQuietly(client: pg.Client): Promise<void> {
  const gaveUp = new Promise<void>((resolve) => setTimeout(resolve, 2_000).unref())
  await Promise.race([client.end().catch(() => {}), gaveUp])
}
