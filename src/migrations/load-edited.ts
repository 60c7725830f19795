import type { MigrationFile } from '../model/migration.js'
import { blobIds } from './blob-ids.js'
import { makeChecksums } from './checksum.js'
import { decodeText } from './decode-text.js'
import { loadBlobs } from './load-blobs.js'

/** A file, and what git calls its content on the base. */
export interface Pair {
  readonly file: MigrationFile
  readonly id: string
}

/** What a file was before it was edited; no text where that can not be read. */
export interface Before {
  readonly text?: string
}

/**
 * Which of the files are other than on the base, by the checksum that history keeps: line ends and a byte-order mark make
 * no difference. Nearly all are told by their name in git, without reading anything.
 *
 * @param root the folder of the files
 */
export async function loadEdited(
  root: string,
  pairs: readonly Pair[],
): Promise<ReadonlyMap<MigrationFile, Before>> {
  const byId = new Map<string, MigrationFile[]>()
  for (const { file, id } of pairs) {
    if (!blobIds(file.text, id).includes(id)) byId.set(id, [...(byId.get(id) ?? []), file])
  }
  const edited = new Map<MigrationFile, Before>()
  await loadBlobs(root, [...byId.keys()], (id, bytes) => {
    for (const file of byId.get(id) ?? []) {
      const before = bytes === undefined ? {} : beforeOf(bytes, file)
      if (before !== undefined) edited.set(file, before)
    }
  })
  return edited
}

/** Undefined where nothing was edited. */
function beforeOf(bytes: Buffer, file: MigrationFile): Before | undefined {
  const decoded = decodeText(bytes)
  if (!('text' in decoded)) return {}
  const { text } = decoded
  const stored = LARGE_FILE.exec(text)?.groups?.digest
  // Git LFS keeps the content elsewhere, and in its place its digest.
  if (stored !== undefined) return hasDigest(file, stored) ? undefined : {}
  return makeChecksums(bytes, text).checksum === file.checksum ? undefined : { text }
}

const LARGE_FILE =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:(?<digest>[0-9a-f]{64})\n/

function hasDigest({ checksum, otherChecksums }: MigrationFile, digest: string): boolean {
  return checksum === `sha256:${digest}` || otherChecksums.includes(digest)
}
