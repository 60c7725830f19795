import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupManifest } from '../model/backup.js'
import { isBackupName, MANIFEST_ENDING } from './backup-name.js'
import { loadManifest } from './manifest.js'

/**
 * Deletes all but the newest backups of the same database. What is not named as ours, has no manifest of ours, or is of
 * another database or environment stays, whatever it is.
 *
 * @returns the names that were deleted
 */
export async function keepNewest(
  folder: string,
  of: Pick<BackupManifest, 'environment' | 'database' | 'systemIdentifier'>,
  keep: number,
): Promise<string[]> {
  const found: { name: string; serverTime: string }[] = []
  for (const name of (await readdir(folder)).filter(isBackupName)) {
    const manifest = await loadManifest(join(folder, name))
    if ('why' in manifest || !isOf(manifest, of)) continue
    found.push({ name, serverTime: manifest.serverTime })
  }
  const old = found.toSorted((a, b) => (a.serverTime < b.serverTime ? 1 : -1)).slice(keep)
  for (const { name } of old) await remove(join(folder, name))
  return old.map(({ name }) => name)
}

function isOf(
  manifest: BackupManifest,
  { environment, database, systemIdentifier }: Parameters<typeof keepNewest>[1],
): boolean {
  return (
    manifest.environment === environment &&
    manifest.database === database &&
    manifest.systemIdentifier === systemIdentifier
  )
}

/** The manifest last: what is half deleted is found again. */
async function remove(path: string): Promise<void> {
  const found = await lstat(path)
  // A link's own name goes, and never what it leads to.
  await rm(path, { recursive: found.isDirectory(), force: true })
  await rm(`${path}${MANIFEST_ENDING}`, { force: true })
}
