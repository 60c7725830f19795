import { chown, mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isReachable } from './reachable.js'
import type { ServerAccount } from './server-account.js'

/**
 * A new private folder of the server's account, for what goes when the server stops. Where TMPDIR is closed
 * to that account (root's own, say) it lies in /tmp or /var/tmp.
 */
export async function makeScratch(account: ServerAccount | undefined): Promise<string> {
  const folder = await mkdtemp(join(await temporaryPlace(account), 'devflow-postgres-'))
  if (account !== undefined) await chown(folder, account.uid, account.gid)
  return folder
}

async function temporaryPlace(account: ServerAccount | undefined): Promise<string> {
  for (const place of [tmpdir(), '/tmp', '/var/tmp']) {
    const isThere = await stat(place).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isThere && (await isReachable(place, account))) return place
  }
  return tmpdir()
}
