import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BackupManifest } from '../model/backup.js'
import { quoteIdentifier } from '../sql/identifier.js'
import { chooseEntries } from './choose-entries.js'
import type { BackupPrograms } from './choose-programs.js'
import type { ProgramAccess } from './program-access.js'
import { restoreDump } from './restore-dump.js'
import { runProgram } from './run-program.js'

export interface ProofPlace {
  readonly path: string
  readonly manifest: BackupManifest
  readonly programs: BackupPrograms
  /** Empty, and the restorer's. */
  readonly database: string
  /** A role without rights beyond the database. */
  readonly restorer: string
  /** Runs statements of ours there as its superuser. */
  readonly asOwner: (statements: readonly string[]) => Promise<void>
  readonly openAsOwner: () => Promise<ProgramAccess & AsyncDisposable>
  readonly openAsRestorer: () => Promise<ProgramAccess & AsyncDisposable>
  readonly signal?: AbortSignal
}

/** What was restored, and which kinds of objects were not; or why it could not be, as a clause. */
export type RestoredForProof = { readonly leftOut: readonly string[] } | { readonly why: string }

/**
 * Restores a dump on a scratch server. Of an archive a superuser makes the schemas and extensions, which run nothing of the
 * database's own, and the restorer all else.
 */
export async function restoreForProof(place: ProofPlace): Promise<RestoredForProof> {
  return place.manifest.kind === 'sql.gz' ? await restoreScript(place) : await restoreArchive(place)
}

/** Owners are written in it: whom an object is given to must be allowed to make one in its schema. */
async function restoreScript(place: ProofPlace): Promise<RestoredForProof> {
  const restorer = quoteIdentifier(place.restorer)
  await place.asOwner([
    `ALTER SCHEMA public OWNER TO ${restorer};`,
    'GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC;',
    `GRANT CREATE ON DATABASE ${quoteIdentifier(place.database)} TO PUBLIC;`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${restorer} GRANT CREATE, USAGE ON SCHEMAS TO PUBLIC;`,
  ])
  await using access = await place.openAsRestorer()
  const why = await restoreDump({ ...place, kind: 'sql.gz', access })
  return why === undefined ? { leftOut: [] } : { why }
}

async function restoreArchive(place: ProofPlace): Promise<RestoredForProof> {
  const folder = await mkdtemp(join(tmpdir(), 'devflow-proof-'))
  try {
    await using owner = await place.openAsOwner()
    const listed = await runProgram({
      path: place.programs.restore,
      args: ['--list', place.path],
      access: owner,
      signal: place.signal,
    })
    if ('why' in listed) return listed
    const { manifest } = place
    const entries = chooseEntries(listed.text, { hasAllRows: manifest.mode === 'full' })
    const first = await restoreListed(place, join(folder, 'first'), entries.first, owner)
    if (first !== undefined) return { why: first }
    await place.asOwner([handOver(place.restorer)])
    await using restorer = await place.openAsRestorer()
    const why = await restoreListed(place, join(folder, 'rest'), entries.rest, restorer)
    return why === undefined ? { leftOut: entries.leftOut } : { why }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function restoreListed(
  { path, manifest, programs, database, signal }: ProofPlace,
  list: string,
  entries: string,
  access: ProgramAccess,
): Promise<string | undefined> {
  if (entries.trim() === '') return undefined
  await writeFile(list, entries, { mode: 0o600, flag: 'wx' })
  const { kind } = manifest
  return restoreDump({
    kind,
    path,
    programs,
    access,
    database,
    list,
    withoutOwners: true,
    ...(signal ? { signal } : {}),
  })
}

/** What is in the schemas by now came with extensions. */
function handOver(name: string): string {
  const role = quoteIdentifier(name)
  const literal = `'${role.replaceAll("'", "''")}'`
  return `DO $$DECLARE one name; BEGIN
  FOR one IN SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE pg_catalog.format('ALTER SCHEMA %I OWNER TO %s', one, ${literal});
    EXECUTE pg_catalog.format('GRANT ALL ON ALL TABLES IN SCHEMA %I TO %s', one, ${literal});
    EXECUTE pg_catalog.format('GRANT ALL ON ALL SEQUENCES IN SCHEMA %I TO %s', one, ${literal});
  END LOOP;
  FOR one IN SELECT srvname FROM pg_catalog.pg_foreign_server LOOP
    EXECUTE pg_catalog.format('GRANT USAGE ON FOREIGN SERVER %I TO %s', one, ${literal});
  END LOOP;
END$$;`
}
