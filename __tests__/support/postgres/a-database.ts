import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Major } from './major.js'

/** An empty database of a test's own, on a server that all tests share. Roles are shared: name them uniquely. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  /** As superuser. */
  readonly url: string
  readonly major: Major
  /** On one session that lasts as long as the database. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Row[]>
}

/** `await using database = await aDatabase()`: the database is dropped at the end, with sessions left on it. */
export async function aDatabase({ major = 18 }: { major?: Major } = {}): Promise<TestDatabase> {
  const server = await serverUrl(major)
  const name = `test_${randomBytes(6).toString('hex')}`
  // Quicker than from a template1 that other tests may be connected to, and not subject to their locks.
  // Copying files costs a third of what writing them through the log does.
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0 STRATEGY file_copy`)
  const url = new URL(server)
  url.pathname = `/${name}`
  let session: Promise<pg.Client> | undefined
  return {
    name,
    url: url.href,
    major,
    async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) {
      session ??= connect(url.href)
      const { rows } = await (await session).query<Row>(sql, values.length > 0 ? [...values] : undefined)
      return rows
    },
    async [Symbol.asyncDispose]() {
      await (await session)?.end()
      await execute(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** The same for callers without `await using`. */
export async function withDatabase<Result>(
  options: { major?: Major },
  body: (database: TestDatabase) => Promise<Result>,
): Promise<Result> {
  await using database = await aDatabase(options)
  return await body(database)
}

async function serverUrl(major: Major): Promise<string> {
  const given = process.env[`DEVFLOW_TEST_PG${major}`]
  if (given) return given
  const response = await fetch(`${process.env.DEVFLOW_TEST_SERVERS}/${major}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  // The next test of this worker need not ask again.
  process.env[`DEVFLOW_TEST_PG${major}`] = text
  return text
}

/** The session of a test file that makes its databases and drops them: a new one for each would cost as much as they do. */
const makers = new Map<string, Promise<pg.Client>>()

/** Not there outside of jest, where a session that stays would keep the process alive. */
const { afterAll } = globalThis as { afterAll?: (end: () => Promise<void>) => void }

let isOver = afterAll === undefined
afterAll?.(async () => {
  isOver = true
  await Promise.all([...makers.values()].map(async (made) => (await made).end()))
})

async function execute(url: string, sql: string): Promise<void> {
  const client = await maker(url)
  try {
    await client.query(sql)
  } finally {
    if (isOver) await client.end()
  }
}

function maker(url: string): Promise<pg.Client> {
  // What a file drops at its very end may come after the end of its session.
  if (isOver) return connect(url)
  const there = makers.get(url)
  if (there !== undefined) return there
  const made = connect(url).then((client) => client.once('end', () => makers.delete(url)))
  made.catch(() => makers.delete(url))
  makers.set(url, made)
  return made
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}
