import { hostname } from 'node:os'
import { ConnectionError } from '../../../model/connection-error.js'
import type { Session } from '../../../model/session.js'
import { UserError } from '../../../model/user-error.js'
import { quoteIdentifier, quoteLiteral } from '../../../sql/identifier.js'
import { type Access, type Door, makeDoor } from '../../open-session.js'
import { seenThrough } from '../../seen-through.js'
import type { FoundShadow, NotFound, Shadow, ShadowKind, ShadowRequest } from '../shadow.js'
import { watchShadow } from '../watch-shadow.js'
import { whatMajorsDiffer } from '../what-majors-differ.js'
import { dropShadow } from './drop-shadow.js'
import { noteRoles } from './note-roles.js'
import { readServer, type ShadowServer } from './read-server.js'
import { refuseServer } from './refuse-server.js'
import { makeShadowName } from './shadow-name.js'
import { sweepServer } from './sweep-server.js'

/**
 * A server that is given by its URL: a service container, say. A database of our own is made on it, and dropped
 * afterwards; those of runs that were killed are dropped on the way.
 */
export const byUrl: ShadowKind = { find }

async function find(request: ShadowRequest): Promise<FoundShadow | NotFound> {
  const { shadowUrl } = request
  if (shadowUrl === undefined) return { why: 'no server is given by shadow-url' }
  return { final: true, open: () => openAgain(shadowUrl, request) }
}

const TRIES = 3

/** A connection that breaks on the way is made anew; what the server refuses, it refuses again. */
async function openAgain(url: string, request: ShadowRequest): Promise<Shadow> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(url, request)
    } catch (error) {
      const isFinal =
        error instanceof UserError && !(error instanceof ConnectionError && error.trouble === 'cut')
      if (isFinal || attempt === TRIES) throw error
    }
  }
}

async function open(url: string, request: ShadowRequest): Promise<Shadow> {
  const { redact, run, shadowSource = 'shadow-url' } = request
  const access: Access = { databaseSource: shadowSource, redact, run }
  const door = seenThrough(await makeDoor(url, access), watchShadow(request))
  const admin = await openPatiently(door)
  try {
    const server = await readServer(admin, door.endpoint)
    const refusal = refuseServer(server, request)
    if (refusal) throw new UserError([refusal])
    await sweepServer(admin, server)
    return await openOn(server, url, access, door, admin, request)
  } catch (error) {
    await admin[Symbol.asyncDispose]()
    throw error
  }
}

async function openOn(
  server: ShadowServer,
  url: string,
  access: Access,
  door: Door,
  admin: Session,
  request: ShadowRequest,
): Promise<Shadow> {
  const name = makeShadowName(server.now)
  try {
    await makeDatabase(admin, name, request)
    const there = seenThrough(await makeDoor(url, access, { database: name }), watchShadow(request))
    return await makeShadow(there, door, admin, server, request)
  } catch (error) {
    // It can be there although the answer never came.
    await dropShadow(admin, door, name, server)
    throw error
  }
}

/** A service container may still be starting. */
const STARTS_WITHIN_MS = 15_000
const PAUSE_MS = 500

async function openPatiently(door: Door): Promise<Session> {
  const limit = Date.now() + STARTS_WITHIN_MS
  for (;;) {
    try {
      return await door.open(() => {})
    } catch (error) {
      const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble)
      if (!passes || Date.now() > limit) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

/** The comment is for people; what a sweep needs stands in the name. */
async function makeDatabase(admin: Session, name: string, { run }: ShadowRequest): Promise<void> {
  const made = `Shadow of devflow-migrate, made by ${run.actor} on ${hostname()}${run.runUrl ? ` in ${run.runUrl}` : ''} at ${new Date().toISOString()}. Dropped after the rehearsal.`
  const created = await admin.send(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0;`)
  if (created.error)
    throw new Error(`no database could be made on the shadow's server: ${created.error.message}`)
  await admin.send(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${quoteLiteral(made)};`)
}

async function makeShadow(
  door: Door,
  maintenance: Door,
  admin: Session,
  server: ShadowServer,
  { target }: ShadowRequest,
): Promise<Shadow> {
  const { host, port, database } = door.endpoint
  // A database that somebody has open is not swept.
  const keeper = await door.open(() => {})
  const made = new Set<string>()
  let closed: Promise<void> | undefined
  const close = async () => {
    await keeper[Symbol.asyncDispose]()
    await dropShadow(admin, maintenance, database, server, made)
  }
  return {
    open: async (onNotice) => noteRoles(await door.open(onNotice), made),
    openAsOwner: (onNotice) => door.open(onNotice),
    where: `on a PostgreSQL ${server.major} at ${host}:${port}, in a database of its own`,
    major: server.major,
    limits: whatMajorsDiffer(server.major, target.serverMajor),
    ownRole: false,
    rename: async () => {},
    isContained: true,
    isShared: true,
    singleConnection: false,
    [Symbol.asyncDispose]: () => {
      closed ??= close()
      return closed
    },
  }
}
