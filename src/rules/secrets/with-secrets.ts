import type { MigrationFile } from '../../model/migration.js'
import type { Pause } from '../../model/pause.js'
import { findSecrets } from './find-secrets.js'

/**
 * The files with what nobody may read of them. Whatever shows a part of a file's text has to be handed these: excerpts
 * are cut from `sql/shown-text.ts`.
 */
export async function withSecrets(files: readonly MigrationFile[], pause?: Pause): Promise<MigrationFile[]> {
  const unread = files.filter(({ secrets }) => secrets === undefined)
  const found = await findSecrets(
    unread.map(({ text }) => text),
    pause,
  )
  const secrets = new Map(unread.map((file, index) => [file, found[index] ?? []]))
  return files.map((file) => {
    const own = secrets.get(file)
    return own ? { ...file, secrets: own } : file
  })
}
