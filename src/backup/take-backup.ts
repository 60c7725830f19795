import { randomBytes } from 'node:crypto'
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupForm, BackupManifest, Contents } from '../model/backup.js'
import type { Session } from '../model/session.js'
import { backupName } from './backup-name.js'
import { checkDump } from './check-dump.js'
import type { CheckedDump } from './checked-dump.js'
import type { BackupPrograms } from './choose-programs.js'
import { hashBackup, syncBackup } from './hash-backup.js'
import { writeManifest } from './manifest.js'
import type { ProgramAccess } from './program-access.js'
import {
  type Ask,
  asking,
  type FoundTable,
  hasLargeObjects,
  listTables,
  readContents,
} from './read-contents.js'
import { beginSnapshot, type Snapshot } from './snapshot.js'
import { tablesBehind } from './touched-relations.js'
import { writeDump } from './write-dump.js'

export interface BackupWish {
  readonly kind: BackupForm
  readonly jobs: number
  /** Absolute. Made where it is not there. */
  readonly folder: string
  /** Relations whose rows are backed up; absent: all rows. */
  readonly touched?: readonly string[]
  /** What of the manifest is known before. */
  readonly facts: Pick<
    BackupManifest,
    | 'toolVersion'
    | 'environment'
    | 'database'
    | 'serverMajor'
    | 'serverVersion'
    | 'systemIdentifier'
    | 'tracking'
  >
  readonly programs: BackupPrograms
  /** @param removed what is to be gone when it is closed, or this process ends */
  readonly openAccess: (removed: readonly string[]) => Promise<ProgramAccess & AsyncDisposable>
  /** On the target, idle, and for nothing else. */
  readonly session: Session
  /** SQL whose last result is the lines of the schema, for an open transaction. */
  readonly schemaQuery: string
  /** Restores it elsewhere and compares. @returns what is wrong with it, as a clause */
  readonly prove?: (path: string, manifest: BackupManifest) => Promise<string | undefined>
  readonly signal: AbortSignal
  /** Told what is done next, as a clause. */
  readonly onStep: (step: string) => void
}

/** A backup that is there, whole, and closed to others. */
export interface TakenBackup {
  readonly path: string
  readonly name: string
  readonly manifest: BackupManifest
}

/**
 * Dumps a database as it is in one snapshot, reads the dump back to its end, and gives it its name only then. Where
 * anything of that fails, nothing is left, and the reason is given as a clause in foreign words. Never throws.
 */
export async function takeBackup(wish: BackupWish): Promise<TakenBackup | { readonly why: string }> {
  const partial = join(wish.folder, `.${randomBytes(8).toString('hex')}.partial`)
  try {
    await makeFolder(wish.folder)
    await using access = await wish.openAccess([partial])
    return await take(wish, partial, access)
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => {})
  }
}

/** Closed to others, and to git: a backup holds all that the database does. */
async function makeFolder(folder: string): Promise<void> {
  const isThere = await lstat(folder).then(
    () => true,
    () => false,
  )
  if (isThere) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 })
}

async function take(
  wish: BackupWish,
  partial: string,
  access: ProgramAccess,
): Promise<TakenBackup | { readonly why: string }> {
  const ask = asking(wish.session)
  const snapshot = await beginSnapshot(ask)
  const schema = (await ask(wish.schemaQuery)).at(-1)?.[0]?.[0] ?? ''
  if (wish.kind === 'sql.gz' && (await hasLargeObjects(ask))) return { why: NOT_AS_SQL }
  const tables = await listTables(ask)
  const { rows, withoutRows } = await divide(ask, tables, wish.touched)
  const written = await writeAndRead(wish, partial, access, snapshot, withoutRows, () =>
    readContents(ask, rows, schema),
  )
  if ('why' in written) return written
  const checked = await check(wish, partial, access, rows.length)
  if ('why' in checked) return checked
  await syncBackup(partial)
  const { name: _, ...moment } = snapshot
  const manifest: BackupManifest = {
    form: 'devflow-backup/1',
    ...wish.facts,
    ...moment,
    dumpVersion: checked.dumpVersion,
    mode: wish.touched ? 'touched' : 'full',
    kind: wish.kind,
    ...(await hashBackup(partial)),
    contents: withEmpty(written, withoutRows),
    withoutRows: withoutRows.map((table) => table.name),
    verified: wish.prove !== undefined,
  }
  if (wish.prove) wish.onStep('restoring it into a scratch database, and comparing')
  const why = await wish.prove?.(partial, manifest)
  return why === undefined ? await giveName(wish, partial, manifest) : { why }
}

/** psql would commit before and after them, and what fails later would stay in part. */
const NOT_AS_SQL =
  'the database has large objects, which SQL restores in a transaction of their own: take backup-format: custom'

async function divide(
  ask: Ask,
  tables: readonly FoundTable[],
  touched: readonly string[] | undefined,
): Promise<{ rows: FoundTable[]; withoutRows: FoundTable[] }> {
  if (!touched) return { rows: [...tables], withoutRows: [] }
  const answers = await ask(tablesBehind(touched))
  const names = new Set(answers.at(-1)?.map(([name]) => name))
  return {
    rows: tables.filter(({ name }) => names.has(name)),
    withoutRows: tables.filter(({ name }) => !names.has(name)),
  }
}

/** Both at once, through the same snapshot: the rows are read as they are dumped. */
async function writeAndRead(
  wish: BackupWish,
  path: string,
  access: ProgramAccess,
  snapshot: Snapshot,
  withoutRows: readonly FoundTable[],
  read: () => Promise<Contents>,
): Promise<Contents | { readonly why: string }> {
  const { kind, jobs, programs } = wish
  wish.onStep(`pg_dump ${programs.major} writes ${kind === 'folder' ? `a folder, with ${jobs} jobs` : kind}`)
  const failed = new AbortController()
  const dumping = writeDump({
    kind,
    jobs,
    programs,
    access,
    path,
    snapshot: snapshot.name,
    withoutRows,
    signal: AbortSignal.any([wish.signal, failed.signal]),
  })
  const reading = read().catch((error: unknown) => {
    failed.abort()
    return { why: error instanceof Error ? error.message : String(error) }
  })
  const first = await Promise.race([dumping, reading])
  // A dump that failed is not waited for: nothing that is read now is of any use.
  if (typeof first === 'string') return { why: `pg_dump failed: ${first}` }
  const contents = await reading
  const why = await dumping
  if ('why' in contents) return { why: `the rows could not be read: ${contents.why}` }
  return why === undefined ? contents : { why: `pg_dump failed: ${why}` }
}

async function check(
  { kind, programs, facts, signal, onStep }: BackupWish,
  path: string,
  access: ProgramAccess,
  tables: number,
): Promise<CheckedDump | { readonly why: string }> {
  onStep('reading the dump back to its end')
  const checked = await checkDump({ kind, path, programs, access, signal })
  if ('why' in checked) return { why: `the dump is not whole: ${checked.why}` }
  const majors = [checked.dumpVersion, checked.serverVersion].map((version) => Number.parseInt(version, 10))
  if (majors.some((major) => major !== facts.serverMajor))
    return {
      why: `the dump says that pg_dump ${checked.dumpVersion} wrote it from a server ${checked.serverVersion}, and the server is ${facts.serverMajor}`,
    }
  return checked.tables === undefined || checked.tables >= tables
    ? checked
    : { why: `the dump has the rows of ${checked.tables} tables, and the database has ${tables}` }
}

/** Of a table whose rows are left out only that it is there counts. */
function withEmpty(contents: Contents, withoutRows: readonly FoundTable[]): Contents {
  const left = withoutRows.map(({ name }) => [name, { rows: 0, sum: '0' }] as const)
  return { ...contents, tables: { ...contents.tables, ...Object.fromEntries(left) } }
}

const MOST_A_SECOND = 100

/** The manifest comes first, and takes the name: a backup without one is none. */
async function giveName(wish: BackupWish, partial: string, manifest: BackupManifest): Promise<TakenBackup> {
  for (let again = 0; again < MOST_A_SECOND; again++) {
    const name = backupName(manifest.serverTime, wish.kind, again)
    const path = join(wish.folder, name)
    const isTaken = await lstat(path).then(
      () => true,
      () => false,
    )
    if (isTaken || !(await writeManifest(path, manifest))) continue
    await rename(partial, path)
    await syncBackup(path)
    return { path, name, manifest }
  }
  throw new Error('there is no name left for it in this second')
}
