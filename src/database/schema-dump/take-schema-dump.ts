import type { Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import { findInstallations } from '../embedded/find-installations.js'
import type { Access } from '../open-session.js'
import { chooseDump } from '../shadows/schema/choose-dump.js'
import { runDump } from '../shadows/schema/run-dump.js'
import { readSourceFacts } from '../shadows/schema/source-facts.js'
import {
  CHAIN_FUNCTION,
  HISTORY_TABLE,
  IDENTITY_TABLE,
  SNAPSHOTS_TABLE,
  STATUS_FUNCTION,
  STATUS_VIEW,
} from '../tracking-names.js'
import { normaliseDump } from './normalise-dump.js'

/** The schema of a target as stable SQL; or why there is none, as a clause, with the way out. */
export type SchemaDump =
  | {
      readonly sql: string
      /** Tables that the role may not read, as `schema.table`: they are not in it. */
      readonly unreadable: readonly string[]
    }
  | { readonly why: string; readonly help: string }

interface Source {
  readonly target: Target
  /** Secret. */
  readonly url: string
  readonly access: Access
  /** On the target, idle. It is read, and nothing is set on it. */
  readonly session: Session
  /** Only what lies in these; empty: all. */
  readonly schemas: readonly string[]
  readonly signal?: AbortSignal
}

/** Dumps the schema with the pg_dump of the target's major, or the oldest one that is newer. Owners are not in it. */
export async function takeSchemaDump({
  target,
  url,
  access,
  session,
  schemas,
  signal,
}: Source): Promise<SchemaDump> {
  const { serverMajor, tracking } = target
  const program = chooseDump(await findInstallations('pg_dump'), serverMajor, serverMajor)
  if (program === undefined)
    return {
      why: `there is no pg_dump ${serverMajor} or newer on this machine`,
      help: `Install it before this step; Debian and Ubuntu have it in postgresql-client-${serverMajor}.`,
    }
  const { unreadable } = await readSourceFacts(session)
  const ours = [tracking.table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE, STATUS_VIEW]
  const dumped = await runDump({
    path: program.path,
    url,
    user: target.user,
    access,
    unreadable: [...unreadable, ...ours.map((name) => ({ schema: tracking.schema, name }))],
    keepsOwners: false,
    schemas,
    ...(signal ? { signal } : {}),
  })
  if ('why' in dumped)
    return { why: dumped.why, help: 'Look at what the role of the connection may read, and run again.' }
  return {
    sql: normaliseDump(dumped.sql, { schema: tracking.schema, functions: [CHAIN_FUNCTION, STATUS_FUNCTION] }),
    unreadable: unreadable
      .filter(({ schema, name }) => schema !== tracking.schema || !ours.includes(name))
      .map(({ schema, name }) => `${schema}.${name}`),
  }
}
