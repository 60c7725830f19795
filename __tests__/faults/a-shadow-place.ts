import { randomBytes } from 'node:crypto'
import { quoteIdentifier, quoteLiteral } from '../../src/sql/identifier.js'
import type { TestDatabase } from '../support/postgres/a-database.js'

/**
 * Where a stand's runs make their shadows: on the server that its database is on, as a role of the stand's own, by which
 * what stays behind is known as its.
 */
export interface ShadowPlace extends AsyncDisposable {
  readonly role: string
  /** Its URL on the same way as a target's. */
  urlBeside(target: string): string
  /** The shadows that are there, closed or not. */
  left(): Promise<string[]>
  /** Makes those that are closed so old that the next run takes them for left behind. */
  age(): Promise<void>
  /** Drops them all. */
  clear(): Promise<void>
}

export async function aShadowPlace(database: Pick<TestDatabase, 'url' | 'query'>): Promise<ShadowPlace> {
  const role = `shadows_of_${new URL(database.url).pathname.slice(1)}`
  const password = randomBytes(8).toString('hex')
  await database.query(
    `DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role} LOGIN CREATEDB CREATEROLE PASSWORD ${quoteLiteral(password)}`,
  )
  const left = async (closed = false) => {
    const rows = await database.query<{ name: string }>(`SELECT datname AS name FROM pg_database d
WHERE datdba = ${quoteLiteral(role)}::regrole
  AND NOT (${closed} AND EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid AND a.usesysid IS NOT NULL)) ORDER BY 1`)
    return rows.map(({ name }) => name)
  }
  const clear = async () => {
    await database.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = ${quoteLiteral(role)}`,
    )
    for (const name of await left())
      await database.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
  }
  return {
    role,
    urlBeside: (target) => urlAs(target, role, password),
    left: () => left(),
    age: async () => {
      for (const name of await left(true))
        await database.query(`ALTER DATABASE ${quoteIdentifier(name)} RENAME TO ${older(name)}`)
    },
    clear,
    [Symbol.asyncDispose]: async () => {
      await clear()
      await database.query(`DROP ROLE ${role}`)
    },
  }
}

/** Its name tells when it was made, in seconds. */
function older(name: string): string {
  return quoteIdentifier(name.replace(/_\d+_/, (time) => `_${Number(time.slice(1, -1)) - 3600}_`))
}

function urlAs(target: string, user: string, password: string): string {
  const url = new URL(target)
  url.username = user
  url.password = password
  url.pathname = '/postgres'
  return url.href
}
