import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'

/** `v0:sha256:` over the ordered pending migrations: for each its version, a TAB, its checksum and a line feed. */
export function planHash(files: readonly Pick<MigrationFile, 'version' | 'checksum'>[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.version}\t${file.checksum}\n`)
  return `v0:sha256:${hash.digest('hex')}`
}
