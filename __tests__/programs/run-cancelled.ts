import { aClient } from '../support/postgres/a-client.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import { until } from '../support/until.js'
import { type Migrator, verdict } from './a-migrator.js'

/** Runs a command while a writer of the table is open, and cancels what waits for that. */
export async function runCancelled(
  database: TestDatabase,
  migrator: Migrator,
  command: string,
  { writes = 'insert into t values (7)', given = {} as Readonly<Record<string, string>> } = {},
): Promise<string> {
  await using other = await aClient(database.url)
  await other.query(`begin; ${writes}`)
  const running = migrator.run(command, { given: { rehearse: 'off', ...given } })
  await until(async () => {
    const rows = await database.query(
      `select pg_cancel_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query ilike '%concurrently%'`,
    )
    return rows.length > 0
  })
  const report = await running
  await other.query('rollback')
  return verdict(report)
}
