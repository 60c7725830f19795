import { openSocketServer } from '../../src/database/embedded/open-socket-server.js'
import { loadServerAccount } from '../../src/database/embedded/server-account.js'
import { aClient } from '../support/postgres/a-client.js'
import { binariesOf, type Major } from '../support/postgres/major.js'

/** A server that rehearsals may be tried on: another than that of any test's database. */
export interface ShadowServer extends AsyncDisposable {
  readonly url: string
  /** The databases on it that were made for a rehearsal. */
  shadows(): Promise<string[]>
}

export async function aShadowServer(major: Major): Promise<ShadowServer> {
  const programs = { npm: await binariesOf(major) }
  const server = await openSocketServer({ programs, account: await loadServerAccount() })
  const { owner, socketFolder, port } = server
  const place = `host=${encodeURIComponent(socketFolder)}&port=${port}`
  const url = `postgresql://${owner.user}:${owner.password}@/postgres?${place}`
  return {
    url,
    shadows: async () => {
      await using client = await aClient(url)
      const rows = await client.query<{ name: string }>(
        "select datname as name from pg_database where datname like 'devflow!_shadow!_%' escape '!'",
      )
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
