import pg from 'pg'

/**
 * The session that says "this server is in use". The server ends it when our process ends, however that
 * happens, so it can't go stale as a file with a process number can.
 */
export interface Lease {
  /** True while another run holds a lease on the same server. */
  isContended(): Promise<boolean>
  release(): Promise<void>
}

const applicationName = 'devflow: owner of the local server'

/** Throws what `pg` throws where no server answers, or one that does not know the password. */
export async function openLease(port: number, password: string): Promise<Lease> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: applicationName,
    connectionTimeoutMillis: 5000,
    ssl: false,
  })
  // The server's end is the end of the lease; there is nobody to tell.
  client.on('error', () => {})
  await client.connect()
  call(client, 'unref')
  return { isContended: () => isContended(client), release: () => release(client) }
}

async function release(client: pg.Client): Promise<void> {
  call(client, 'ref')
  await client.end().catch(() => {})
}

/** A forgotten server must not keep the process alive. `pg` has these methods, its types do not. */
function call(client: object, name: 'ref' | 'unref'): void {
  const method: unknown = Reflect.get(client, name)
  if (typeof method === 'function') method.call(client)
}

async function isContended(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    'select from pg_catalog.pg_stat_activity where application_name = $1 and pid <> pg_catalog.pg_backend_pid()',
    [applicationName],
  )
  return rows.length > 0
}
