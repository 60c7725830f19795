import pg from 'pg'

/** Somebody else's session on a test's database: `await using other = await aClient(database.url)` */
export async function aClient(url: string): Promise<
  AsyncDisposable & {
    query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
      sql: string,
      values?: readonly unknown[],
    ): Promise<Row[]>
  }
> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return {
    async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) {
      const { rows } = await client.query<Row>(sql, values.length > 0 ? [...values] : undefined)
      return rows
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
