import { findBinaries } from '../../embedded/find-binaries.js'
import { findInstallations, type Machine } from '../../embedded/find-installations.js'
import { loadMajor } from '../../embedded/ready-binaries.js'
import type { Server } from './choose-server.js'

/** The oldest PostgreSQL that is supported. */
const OLDEST = 15

/** Every PostgreSQL that a server can be started from: the machine's own first, then npm's. */
export async function findServers({
  searched,
  ...machine
}: Machine & { readonly searched: readonly string[] }): Promise<Server[]> {
  const installed = await findInstallations('postgres', machine, ['initdb'])
  const servers: Server[] = installed.map(({ bin, major }) => ({ major, folder: bin, programs: { bin } }))
  for (const folder of new Set(await Promise.all(searched.map((from) => findBinaries(from))))) {
    if (folder === undefined) continue
    servers.push({ major: await loadMajor(folder), folder, programs: { npm: folder } })
  }
  return servers.filter(({ major }) => major >= OLDEST)
}
