import { execFileSync } from 'node:child_process'
import { findInstallations } from '../../src/database/embedded/find-installations.js'
import { needs } from '../support/needs.js'

/** Every `pg_dump` of this machine that has the others beside it. */
export const found = await findInstallations('pg_dump', {}, ['pg_restore', 'psql'])

const servers = await findInstallations('postgres', {}, ['initdb'])

/** The folder of the programs of a test server's major. */
export const bin15 = found.find(({ major, path }) => major === 15 && isRestricting(path))?.bin ?? ''

/** Since 15.14 what pg_dump writes keeps psql from starting programs; without that no SQL of it is taken. */
function isRestricting(path: string): boolean {
  const said = execFileSync(path, ['--version'], { encoding: 'utf8' })
  return Number(/15\.(\d+)/.exec(said)?.[1] ?? 0) >= 14
}

/** Backs up and restores. */
export const dumping = needs({
  what: 'pg_dump 15.14 or newer, of 15, with pg_restore and psql',
  isThere: bin15 !== '',
})

/** Proves a backup as well. */
export const proving = needs(
  { what: 'pg_dump 15.14 or newer, of 15, with pg_restore and psql', isThere: bin15 !== '' },
  { what: 'a PostgreSQL 15 server', isThere: servers.some(({ major }) => major === 15) },
)
