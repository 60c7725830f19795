import { findInstallations, type Machine } from '../../embedded/find-installations.js'
import type { Shadow } from '../shadow.js'
import { chooseDump } from './choose-dump.js'
import { loadStatements } from './load-statements.js'
import { readDump } from './read-dump.js'
import { type Dumped, type DumpOptions, runDump } from './run-dump.js'
import type { Filled, SchemaSource } from './schema-source.js'
import type { SourceFacts } from './source-facts.js'

/** Fills a shadow from a dump of the target's schema, or says why it can't, as a clause. */
export async function dumpSchema(shadow: Shadow, source: SchemaSource, facts: SourceFacts): Promise<Filled> {
  const { target, url, access, signal } = source
  const machine: Machine = source.path === undefined ? {} : { path: source.path }
  const program = chooseDump(await findInstallations('pg_dump', machine), target.serverMajor, shadow.major)
  if (!program)
    return {
      why: `there is no pg_dump ${target.serverMajor} or newer on this machine (Debian and Ubuntu have it in postgresql-client-${target.serverMajor})`,
    }
  await using session = await shadow.openAsOwner(() => {})
  const dumped = await dumpTwice({
    path: program.path,
    url,
    user: target.user,
    access,
    unreadable: facts.unreadable,
    keepsOwners: await isSuperuser(session),
    ...(signal ? { signal } : {}),
  })
  if ('why' in dumped) return dumped
  const { statements, left, leadsElsewhere } = readDump(dumped.sql, shadow.isContained)
  const refused = await loadStatements(session, statements)
  return {
    from: `from pg_dump ${program.major} of the target`,
    refused: [...left.map(({ sql, why }) => ({ sql, code: '', message: why })), ...refused],
    limits: leadsElsewhere ? [ALONE] : [],
  }
}

const ALONE =
  'User mappings and subscriptions of the target are not on the shadow: it is let into no other server.'

/** A connection that breaks once is no reason to do without. */
async function dumpTwice(options: DumpOptions): Promise<Dumped> {
  const dumped = await runDump(options)
  const again = 'why' in dumped && dumped.lost === true && options.signal?.aborted !== true
  return again ? await runDump(options) : dumped
}

/** Nobody else may give objects away as the dump has them. */
async function isSuperuser(session: Parameters<typeof loadStatements>[0]): Promise<boolean> {
  const { results } = await session.send("SELECT pg_catalog.current_setting('is_superuser');")
  return results.at(-1)?.rows[0]?.[0] === 'on'
}
