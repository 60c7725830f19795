import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunnableMigration } from '../../model/plan.js'
import type { SupabaseRow } from '../../model/supabase.js'

/**
 * Writes a project that holds just what is to be pushed, as it was read and judged, whatever the repository's folder is by
 * now. What is applied stands there by its version alone: the CLI compares nothing else. The repository's `config.toml` is
 * not there, so nothing but migrations is pushed.
 *
 * @param folder absolute; what is in it is deleted
 */
export async function stageFolder(
  folder: string,
  migrations: readonly RunnableMigration[],
  applied: readonly SupabaseRow[],
): Promise<void> {
  const place = join(folder, 'supabase', 'migrations')
  await rm(folder, { recursive: true, force: true })
  await mkdir(place, { recursive: true, mode: 0o700 })
  for (const { version } of applied)
    if (/^[0-9]{1,200}$/.test(version)) await writeFile(join(place, `${version}_applied.sql`), '')
  // No name of a migration that is staged has a slash: `find-unsupported.ts`.
  for (const { file } of migrations) await writeFile(join(place, file.name), file.text, { mode: 0o600 })
}
