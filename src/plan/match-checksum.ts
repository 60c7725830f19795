import type { MigrationFile } from '../model/migration.js'

/**
 * Whether a stored checksum is that of a file. Ours carry their algorithm; an unprefixed one was left by another
 * runner and counts when it is the SHA-256 or MD5 of the raw or the normalised text.
 */
export function matchChecksum(
  stored: string,
  file: Pick<MigrationFile, 'checksum' | 'otherChecksums'>,
): boolean {
  if (stored === file.checksum) return true
  const text = stored.trim()
  if (text.includes(':')) return text === file.checksum
  return file.otherChecksums.includes(text.toLowerCase())
}
