import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { BackupForm } from '../model/backup.js'
import { checkScript } from './check-script.js'
import type { BackupPrograms } from './choose-programs.js'
import type { ProgramAccess } from './program-access.js'
import { runProgram } from './run-program.js'

export interface RestoreOptions {
  readonly kind: BackupForm
  readonly path: string
  readonly programs: Pick<BackupPrograms, 'restore' | 'psql'>
  readonly access: ProgramAccess
  readonly database: string
  /** A file that lists what of an archive is restored, in order. Absent: all. */
  readonly list?: string
  /** Everything belongs to who restores it, and nobody else has rights. Not of `sql.gz`, in which it is written. */
  readonly withoutOwners?: boolean
  readonly signal?: AbortSignal
}

/**
 * Restores a dump into a database in one transaction that ends at the first error, or says why it could not, as a clause:
 * then the database is as it was.
 */
export async function restoreDump(options: RestoreOptions): Promise<string | undefined> {
  const ran = options.kind === 'sql.gz' ? await runScript(options) : await runArchive(options)
  return 'why' in ran ? ran.why : undefined
}

function runArchive({ path, programs, access, database, list, withoutOwners, signal }: RestoreOptions) {
  return runProgram({
    path: programs.restore,
    args: [
      '--no-password',
      '--single-transaction',
      '--exit-on-error',
      ...(withoutOwners ? ['--no-owner', '--no-privileges'] : []),
      ...(list === undefined ? [] : [`--use-list=${list}`]),
      `--dbname=${connectionTo(database)}`,
      path,
    ],
    access,
    signal,
  })
}

/**
 * psql is told to run nothing of its own under a word that nobody knows but this run: whatever the text holds, a line of it
 * that begins with a backslash is refused.
 */
async function runScript({ path, programs, access, database, signal }: RestoreOptions) {
  const checked = await checkScript(path)
  if ('why' in checked) return checked
  return runProgram({
    path: programs.psql,
    args: [
      '--no-psqlrc',
      '--no-password',
      '--quiet',
      '--single-transaction',
      '--set=ON_ERROR_STOP=1',
      '--output=/dev/null',
      `--dbname=${connectionTo(database)}`,
      '--file=-',
    ],
    access,
    signal,
    stdin: Readable.from(statements(path, checked.span)),
  })
}

async function* statements(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Buffer> {
  yield Buffer.from(`\\restrict ${randomBytes(24).toString('hex')}\n`)
  let at = 0
  for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at))
    at += chunk.length
    if (part.length > 0) yield part
  }
}

/** A name that looks like a connection string is none. */
function connectionTo(database: string): string {
  return `dbname='${database.replace(/[\\']/g, '\\$&')}'`
}
