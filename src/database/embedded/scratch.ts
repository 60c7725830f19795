import { chown, mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isReachable } from './reachable.js'
import type { ServerAccount } from './server-account.js'

export interface ScratchOptions {
  /** What its name begins with. */
  readonly prefix?: string
  /** Bytes that the path of a place may have; of several, the first such place is taken. */
  readonly longestPlace?: number
  /** Called before the account owns the folder. */
  readonly prepare?: (folder: string) => Promise<void>
}

/**
 * A new private folder of the server's account, for what goes when the server stops. Where TMPDIR is closed
 * to that account (root's own, say) it lies in /tmp or /var/tmp.
 */
export async function makeScratch(
  account: ServerAccount | undefined,
  { prefix = 'devflow-postgres-', longestPlace, prepare }: ScratchOptions = {},
): Promise<string> {
  const folder = await mkdtemp(join(await temporaryPlace(account, longestPlace), prefix))
  await prepare?.(folder)
  if (account !== undefined) await chown(folder, account.uid, account.gid)
  return folder
}

/** Where `makeScratch` makes its folders, the first that is fit. */
export const SCRATCH_PLACES = (): readonly string[] => [...new Set([tmpdir(), '/tmp', '/var/tmp'])]

async function temporaryPlace(
  account: ServerAccount | undefined,
  longest = Number.POSITIVE_INFINITY,
): Promise<string> {
  for (const place of SCRATCH_PLACES()) {
    if (Buffer.byteLength(place) > longest) continue
    const isThere = await stat(place).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isThere && (await isReachable(place, account))) return place
  }
  return tmpdir()
}
