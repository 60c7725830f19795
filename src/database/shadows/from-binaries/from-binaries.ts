import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Session } from '../../../model/session.js'
import { quoteIdentifier, quoteLiteral } from '../../../sql/identifier.js'
import { openSocketServer, type SocketServer } from '../../embedded/open-socket-server.js'
import { loadServerAccount } from '../../embedded/server-account.js'
import { makeDoor } from '../../open-session.js'
import { seenThrough } from '../../seen-through.js'
import type { FoundShadow, NotFound, OnNotice, Shadow, ShadowKind, ShadowRequest } from '../shadow.js'
import { watchShadow } from '../watch-shadow.js'
import { whatMajorsDiffer } from '../what-majors-differ.js'
import { chooseServer, type Server } from './choose-server.js'
import { findServers } from './find-servers.js'

/**
 * A server started from PostgreSQL's programs on this machine, for this run. It listens on a socket that only its
 * account can reach. Migrations run there as a role that is no superuser: their SQL is not approved yet, and a
 * superuser's could start programs on this machine and read what this process holds.
 */
export const fromBinaries: ShadowKind = { find }

async function find(request: ShadowRequest): Promise<FoundShadow | NotFound> {
  if (process.platform === 'win32') return { why: 'no server of our own is started on Windows' }
  const account = await loadServerAccount()
  const own = dirname(fileURLToPath(import.meta.url))
  const servers = await findServers({
    ...(request.path === undefined ? {} : { path: request.path }),
    ...(account ? { account } : {}),
    searched: [...request.searched, own],
  })
  const server = chooseServer(servers, request.target.serverMajor)
  if (!server) return { why: 'no PostgreSQL 15 or newer is installed on this machine' }
  return { open: () => open(server, account, request) }
}

async function open(
  server: Server,
  account: Awaited<ReturnType<typeof loadServerAccount>>,
  request: ShadowRequest,
): Promise<Shadow> {
  const socket = await openSocketServer({ programs: server.programs, account, settings: SETTINGS })
  try {
    const password = randomBytes(24).toString('hex')
    await makeDatabase(socket, request, password)
    return makeShadow(socket, server, request, password)
  } catch (error) {
    await socket[Symbol.asyncDispose]()
    throw error
  }
}

/** What is measured is one session's work, alone. */
const SETTINGS = ['autovacuum=off', 'jit=off', 'superuser_reserved_connections=1']

/** With the names that the target has, so that files may name both. */
async function makeDatabase(socket: SocketServer, request: ShadowRequest, password: string): Promise<void> {
  const { database, user } = request.target
  const owner = quoteIdentifier(user)
  await inTemplate(socket, request, [
    `CREATE ROLE ${owner} LOGIN PASSWORD ${quoteLiteral(password)};`,
    'DROP DATABASE postgres;',
    `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${owner} TEMPLATE template0;`,
  ])
}

async function inTemplate(
  socket: SocketServer,
  request: ShadowRequest,
  statements: readonly string[],
): Promise<void> {
  await using session = await openAs(socket, socket.owner, 'template1', request, () => {})
  for (const statement of statements) {
    const { error } = await session.send(statement)
    if (error) throw new Error(`the server started for this run refused its set-up: ${error.message}`)
  }
}

function makeShadow(
  socket: SocketServer,
  { major, folder }: Server,
  request: ShadowRequest,
  password: string,
): Shadow {
  let names = { role: request.target.user, database: request.target.database }
  const openOne = (login: SocketServer['owner'], onNotice: OnNotice) =>
    openAs(socket, login, names.database, request, onNotice)
  return {
    open: (onNotice) => openOne({ user: names.role, password }, onNotice),
    openAsOwner: (onNotice) => openOne(socket.owner, onNotice),
    where: `on a PostgreSQL ${major} started from ${folder} for this run`,
    major,
    limits: whatMajorsDiffer(major, request.target.serverMajor),
    ownRole: true,
    rename: async (wanted) => {
      await inTemplate(socket, request, renaming(names, wanted))
      names = wanted
    },
    isContained: false,
    isShared: false,
    singleConnection: false,
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  }
}

interface Names {
  readonly role: string
  readonly database: string
}

function renaming(from: Names, to: Names): string[] {
  const rename = (what: string, one: string, other: string) =>
    one === other ? [] : [`ALTER ${what} ${quoteIdentifier(one)} RENAME TO ${quoteIdentifier(other)};`]
  return [...rename('ROLE', from.role, to.role), ...rename('DATABASE', from.database, to.database)]
}

async function openAs(
  { socketFolder, port }: SocketServer,
  { user, password }: SocketServer['owner'],
  database: string,
  request: ShadowRequest,
  onNotice: OnNotice,
): Promise<Session> {
  const place = `host=${encodeURIComponent(socketFolder)}&port=${port}&dbname=${encodeURIComponent(database)}`
  const url = `postgresql://${encodeURIComponent(user)}:${password}@/?${place}`
  const { redact, run } = request
  const door = await makeDoor(url, { databaseSource: 'the shadow', redact, run })
  return seenThrough(door, watchShadow(request)).open(onNotice)
}
