import { basename } from 'node:path'
import type { BackupPrograms } from '../../backup/choose-programs.js'
import { chooseRestorer } from '../../backup/choose-programs.js'
import { hashBackup } from '../../backup/hash-backup.js'
import { loadManifest } from '../../backup/manifest.js'
import { nameContents } from '../../backup/name-contents.js'
import { asking } from '../../backup/read-contents.js'
import { readRoles } from '../../backup/read-roles.js'
import { findInstallations } from '../../database/embedded/find-installations.js'
import { trackingNames } from '../../database/tracking-names.js'
import type { BackupManifest } from '../../model/backup.js'
import type { Problem } from '../../model/problem.js'
import { renderUser } from '../../render/user-name.js'
import { quoteIdentifier, quoteLiteral } from '../../sql/identifier.js'
import type { Way } from '../way.js'

/** A backup that nothing stands against. */
export interface Restorable {
  readonly path: string
  readonly name: string
  readonly manifest: BackupManifest
  readonly programs: BackupPrograms
}

/** Looks at the backup, the server and the database, and writes nothing. Everything that stands against it is told at once. */
export async function readyToRestore(
  run: Way,
): Promise<Restorable | { readonly refusals: readonly Problem[] }> {
  const { config, known } = run
  const path = config.backup.file ?? ''
  const name = basename(path)
  const manifest = await loadManifest(path).catch((error: unknown) => ({ why: String(error) }))
  if ('why' in manifest) return { refusals: [notOurs(name, manifest.why)] }
  const programs = chooseRestorer(
    await findInstallations('pg_restore', run.system.machine, ['psql']),
    manifest.serverMajor,
    known.target.serverMajor,
  )
  const refusals = [
    ...(await judgeFile(run, path, manifest)),
    ...judgeServer(run, manifest),
    ...('why' in programs
      ? [{ message: `${name} can not be restored: ${programs.why}.`, help: INSTALL }]
      : []),
    ...(await judgeDatabase(run)),
    ...(await judgeRoles(run, manifest)),
  ]
  return refusals.length > 0 || 'why' in programs ? { refusals } : { path, name, manifest, programs }
}

const INSTALL = 'Install the client programs of that version: postgresql-client-<major> on Debian and Ubuntu.'

function notOurs(name: string, why: string): Problem {
  return {
    message: `${name} is not restored: ${why}.`,
    help: 'Only a backup that devflow-migrate wrote is restored, with the .json file that it wrote beside it: what is restored is compared with that. For any other dump use pg_restore.',
  }
}

/** It must be what it was when it was taken: by its manifest, and by the history where that tells of it. */
async function judgeFile(run: Way, path: string, { sha256 }: BackupManifest): Promise<Problem[]> {
  const name = basename(path)
  const help = 'Fetch the backup again from where it is kept, with the .json file beside it.'
  const hash = await hashBackup(path).catch((error: unknown) => ({ why: String(error) }))
  if ('why' in hash) return [{ message: `${name} can not be read: ${hash.why}.`, help }]
  if (hash.sha256 !== sha256)
    return [
      {
        message: `${name} is not what was backed up: its SHA-256 is ${hash.sha256}, and its .json file says ${sha256}.`,
        help,
      },
    ]
  const recorded = await recordedHashes(run, name)
  return recorded.length === 0 || recorded.includes(`sha256:${sha256}`)
    ? []
    : [{ message: `${name} is not what was backed up: the history says ${recorded.join(', ')}.`, help }]
}

async function recordedHashes({ session, known }: Way, name: string): Promise<string[]> {
  const { tracking } = known.target
  if (tracking.version === 'absent' || tracking.version < 4) return []
  const [rows = []] = await asking(session)(
    `SELECT checksum FROM ${trackingNames(tracking).history} WHERE event = 'backed-up' AND status = 'success' AND name = ${quoteLiteral(name)} AND checksum IS NOT NULL;`,
  )
  return rows.map(([checksum]) => checksum ?? '')
}

function judgeServer({ known }: Way, { serverMajor }: BackupManifest): Problem[] {
  const { target } = known
  if (target.serverMajor >= serverMajor) return []
  return [
    {
      message: `The server is PostgreSQL ${target.serverMajor}, and the backup is of PostgreSQL ${serverMajor}.`,
      help: 'Restore it on a server of that version or a newer one.',
    },
  ]
}

/** Nothing is ever written into a database that holds anything. */
async function judgeDatabase({ session, config, known }: Way): Promise<Problem[]> {
  const { create } = config.backup
  const ask = asking(session)
  if (create !== undefined) {
    const [rows = []] = await ask(
      `SELECT 1 FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(create)};`,
    )
    return rows.length === 0
      ? []
      : [
          {
            message: `The database ${JSON.stringify(create)} is there already.`,
            help: 'Name one that is not: restore makes a new database, or takes one that nobody made anything in.',
          },
        ]
  }
  const { count, names } = await nameContents(ask)
  if (count === 0) return []
  const more = count > names.length ? ` and ${count - names.length} more` : ''
  return [
    {
      message: `The database ${JSON.stringify(known.target.database)} is not empty: ${names.join(', ')}${more}.`,
      help: 'A restore never writes over anything. Let it make a new database with --create <name> (the input create), or give the URL of an empty one.',
    },
  ]
}

async function judgeRoles({ session, known }: Way, manifest: BackupManifest): Promise<Problem[]> {
  const { missing, notIn } = await readRoles(asking(session), manifest)
  const list = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')
  const { user: login, role = login } = known.target
  const user = quoteIdentifier(role)
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            message: `The backup gives objects or rights to roles that the server lacks: ${list(missing)}.`,
            help: `Make them first: ${missing.map((name) => `CREATE ROLE ${quoteIdentifier(name)};`).join(' ')}`,
          },
        ]),
    ...(notIn.length === 0
      ? []
      : [
          {
            message: `The backup gives objects to roles that ${renderUser(known.target)} is not in: ${list(notIn)}.`,
            help: `Restore as a superuser, or run: ${notIn.map((name) => `GRANT ${quoteIdentifier(name)} TO ${user};`).join(' ')}`,
          },
        ]),
  ]
}
