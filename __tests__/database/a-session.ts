import { makeDoor } from '../../src/database/open-session.js'
import type { LockRequest } from '../../src/database/take-lock.js'
import { trackingDdl } from '../../src/database/tracking-ddl.js'
import type { Reply, Session } from '../../src/model/session.js'
import type { Target, Tracking } from '../../src/model/target.js'
import { aTarget } from '../support/builders.js'
import type { TestDatabase } from '../support/postgres/a-database.js'

/** What opening a connection needs of a configuration without secrets. */
export const access = {
  databaseSource: 'the variable DATABASE_URL',
  redact: (text: string) => text,
  run: { actor: 'octocat', toolVersion: '0.1.0' },
}

/** A session of ours, as the program opens it. */
export async function aSession(url: string): Promise<Session> {
  const door = await makeDoor(url, access)
  return door.open(() => {})
}

/** The number of a process that has ended. */
export async function aGoneProcess(url: string): Promise<number> {
  const session = await aSession(url)
  await session[Symbol.asyncDispose]()
  return session.processId
}

/** One try for the lock, and nothing else. */
export const onlyLock: LockRequest = { settings: '', message: '', limitMs: 0, onWait: () => {} }

/** The server's answer, or its error thrown. */
export async function sent(session: Session, sql: string): Promise<Reply> {
  const reply = await session.send(sql)
  if (reply.error) throw new Error(`${reply.error.code} ${reply.error.message}`)
  return reply
}

/** SQL in a transaction of ours. */
export function ours(sql: string): string {
  return `BEGIN;\nSET LOCAL search_path = pg_catalog;\n${sql}\nCOMMIT;`
}

export const nowhere: Tracking = { schema: 'devflow', table: 'schema_migrations', version: 'absent' }

export function targetOf(database: TestDatabase, tracking: Tracking = nowhere): Target {
  return aTarget({ database: database.name, serverMajor: database.major, tracking })
}

/** Creates the tracking tables, or upgrades what is there. */
export async function ensureTables(
  session: Session,
  tracking: Tracking = nowhere,
  schemaExists = false,
): Promise<void> {
  await sent(session, ours(trackingDdl(tracking, schemaExists)))
}

/** The same URL as another user. */
export function asUser(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
