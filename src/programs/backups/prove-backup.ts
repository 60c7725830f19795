import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BackupPrograms } from '../../backup/choose-programs.js'
import { compareContents } from '../../backup/compare-contents.js'
import { type Ask, asking, listTables, readContents } from '../../backup/read-contents.js'
import { restoreForProof } from '../../backup/restore-for-proof.js'
import { openSocketServer, type SocketServer } from '../../database/embedded/open-socket-server.js'
import { loadServerAccount } from '../../database/embedded/server-account.js'
import { openLibpq } from '../../database/open-libpq.js'
import { makeDoor } from '../../database/open-session.js'
import { schemaNowQuery } from '../../database/schema/schema-now-query.js'
import { findServers } from '../../database/shadows/from-binaries/find-servers.js'
import type { BackupManifest, Contents, DatabaseLocale } from '../../model/backup.js'
import { beginReading } from '../../sql/begin-reading.js'
import { quoteIdentifier, quoteLiteral } from '../../sql/identifier.js'
import type { Way } from '../way.js'

/** What a proof came to: what is wrong, as a clause; and what it does not tell, as sentences. */
export interface Proof {
  readonly why?: string
  readonly limits: readonly string[]
}

/** Names of the scratch database, and of who restores into it. */
const SCRATCH = 'devflow_scratch'
const RESTORER = 'devflow_restorer'

/**
 * Restores a backup on a server that is started for it and thrown away, and compares it with what was read as it was taken.
 * It is restored by a role that is no superuser: what a database holds of functions runs as who restores it.
 */
export async function proveBackup(
  run: Way,
  programs: BackupPrograms,
  path: string,
  manifest: BackupManifest,
): Promise<Proof> {
  const account = await loadServerAccount()
  const searched = [run.config.base, dirname(fileURLToPath(import.meta.url))]
  const servers = await findServers({ ...run.system.machine, ...(account ? { account } : {}), searched })
  const server = servers.find(({ major }) => major === manifest.serverMajor)
  if (!server)
    return {
      why: `backup-verify needs a PostgreSQL ${manifest.serverMajor} server on this machine, and there is none`,
      limits: [],
    }
  await using socket = await openSocketServer({ programs: server.programs, account, settings: SETTINGS })
  return await proveOn(socket, run, programs, path, manifest)
}

const SETTINGS = ['autovacuum=off', 'jit=off', 'maintenance_work_mem=256MB']

async function proveOn(
  socket: SocketServer,
  run: Way,
  programs: BackupPrograms,
  path: string,
  manifest: BackupManifest,
): Promise<Proof> {
  const password = randomBytes(24).toString('hex')
  const restorer = { user: RESTORER, password }
  await inDatabase(socket, run, 'template1', async (ask) => {
    for (const statement of makeRoles(manifest, password)) await ask(statement)
    await makeDatabase(ask, manifest.locale)
  })
  const asOwner = (sql: readonly string[]) =>
    inDatabase(socket, run, SCRATCH, async (ask) => {
      for (const statement of sql) await ask(statement)
    })
  const openAs = (login: SocketServer['owner']) =>
    openLibpq({ url: urlOf(socket, login, SCRATCH), user: login.user, access: accessOf(run) })
  const restored = await restoreForProof({
    path,
    manifest,
    programs,
    database: SCRATCH,
    restorer: RESTORER,
    asOwner,
    openAsOwner: () => openAs(socket.owner),
    openAsRestorer: () => openAs(restorer),
    signal: run.signal,
  })
  if ('why' in restored) return { why: `it could not be restored: ${restored.why}`, limits: [] }
  const contents = await inDatabase(socket, run, SCRATCH, (ask) => readAll(ask, manifest))
  const leftOut = ['extension', ...restored.leftOut]
  const differences = compareContents(manifest.contents, contents, {
    withoutRows: manifest.withoutRows,
    owners: false,
    leftOut,
  })
  return differences.length > 0
    ? { why: `restored, it is not what was backed up: ${differences.join('; ')}`, limits: [] }
    : { limits: tellLimits(restored.leftOut) }
}

function tellLimits(leftOut: readonly string[]): string[] {
  const first = 'The proof does not tell of owners and rights.'
  return leftOut.length === 0
    ? [first]
    : [first, `Nor of what only a superuser makes, or needs rows that are not in it: ${leftOut.join(', ')}.`]
}

/** Objects are given to them, and rights: none may log in. */
function makeRoles({ roles, owners }: BackupManifest, password: string): string[] {
  const names = [...new Set([...roles, ...owners])].filter((name) => name !== RESTORER)
  return [
    `CREATE ROLE ${RESTORER} LOGIN PASSWORD ${quoteLiteral(password)};`,
    ...names.flatMap((name) => {
      const role = quoteIdentifier(name)
      return [`CREATE ROLE ${role} NOLOGIN;`, `GRANT ${role} TO ${RESTORER};`]
    }),
  ]
}

/** A locale that this machine lacks changes how text sorts, and no row. */
async function makeDatabase(ask: Ask, { encoding, collate, ctype }: DatabaseLocale): Promise<void> {
  const create = (where: string, type: string) =>
    ask(
      `CREATE DATABASE ${SCRATCH} OWNER ${RESTORER} TEMPLATE template0 ENCODING ${quoteLiteral(encoding)} LC_COLLATE ${quoteLiteral(where)} LC_CTYPE ${quoteLiteral(type)} LOCALE_PROVIDER libc;`,
    )
  await create(collate, ctype).catch(() => create('C', 'C'))
}

async function readAll(ask: Ask, manifest: BackupManifest): Promise<Contents> {
  await ask(beginReading('REPEATABLE READ'))
  const answers = await ask(schemaNowQuery({ tracking: manifest.tracking, schemas: [] }))
  return await readContents(ask, await listTables(ask), answers.at(-1)?.[0]?.[0] ?? '')
}

async function inDatabase<T>(
  socket: SocketServer,
  run: Way,
  database: string,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const door = await makeDoor(urlOf(socket, socket.owner, database), accessOf(run))
  await using session = await door.open(() => {})
  return await work(asking(session))
}

function urlOf({ socketFolder, port }: SocketServer, login: SocketServer['owner'], database: string): string {
  const place = `host=${encodeURIComponent(socketFolder)}&port=${port}&dbname=${database}`
  return `postgresql://${login.user}:${login.password}@/?${place}`
}

function accessOf({ config }: Way) {
  return { databaseSource: 'the scratch server', redact: config.redact, run: config.run }
}
