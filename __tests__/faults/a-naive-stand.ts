import pg from 'pg'
import type { RunSeen } from './check-point.js'
import type { Scenario } from './scenario.js'
import { aStand, type Stand, type StandDatabase } from './stand.js'

/**
 * A runner as many are: the file in one transaction, its record in the next, and on a lost connection everything again
 * that is not recorded. What the harness has to find fault with.
 */
export async function aNaiveStand(database: StandDatabase, scenario: Scenario): Promise<Stand> {
  const stand = await aStand(database, scenario)
  const run = (url: string) => runNaively(url, scenario, stand.checksums)
  return { ...stand, run, finish: () => run(database.url) }
}

async function runNaively(
  url: string,
  { files }: Scenario,
  checksums: Readonly<Record<string, string>>,
): Promise<RunSeen> {
  const started = performance.now()
  const states: Record<string, string> = {}
  let done = false
  for (let attempt = 1; attempt <= 3 && !done; attempt++) done = await tryAll(url, files, checksums, states)
  return { exitCode: done ? 0 : 1, states, wallMs: performance.now() - started }
}

async function tryAll(
  url: string,
  files: Scenario['files'],
  checksums: Readonly<Record<string, string>>,
  states: Record<string, string>,
): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(TABLES)
    const { rows } = await client.query<{ version: string }>('SELECT version FROM devflow.schema_migrations')
    for (const { version, sql } of files) {
      if (rows.some((row) => row.version === version)) continue
      await client.query(sql)
      await client.query(recordQuery(version, checksums[version] ?? ''))
      states[version] = 'applied'
    }
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const TABLES = `CREATE SCHEMA IF NOT EXISTS devflow;
CREATE TABLE IF NOT EXISTS devflow.schema_migrations (version text, status text, checksum text);
CREATE TABLE IF NOT EXISTS devflow.migration_history
  (version text, event text, run_url text, run_attempt integer, plan_hash text)`

function recordQuery(version: string, checksum: string): string {
  return `INSERT INTO devflow.schema_migrations VALUES ('${version}', 'completed', '${checksum}');
INSERT INTO devflow.migration_history (version, event) VALUES ('${version}', 'applied')`
}
