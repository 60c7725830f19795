import type { Session } from '../../../model/session.js'
import type { Endpoint } from '../../../model/target.js'
import { beginReading } from '../../../sql/begin-reading.js'
import { fromText } from '../../../sql/from-text.js'
import { type FoundSystem, READ_SYSTEM, SYSTEM } from '../../identity/system-query.js'

/** A server that is given for shadows, as found when connecting. */
export interface ShadowServer {
  readonly endpoint: Pick<Endpoint, 'host' | 'port' | 'user'>
  readonly major: number
  readonly version: string
  readonly isStandby: boolean
  readonly mayCreateDatabases: boolean
  /** By its clock, in seconds since 1970. */
  readonly now: number
  /** Of the roles there are: only what is new when the shadow goes can have been made by a file. */
  readonly roles: ReadonlySet<string>
  /** Absent where the role may not ask. */
  readonly systemIdentifier?: string
}

/** @throws Error where it does not answer as PostgreSQL does */
export async function readServer(
  session: Session,
  endpoint: ShadowServer['endpoint'],
): Promise<ShadowServer> {
  const reply = await session.send(QUERY)
  const text = reply.results.at(-1)?.rows[0]?.[0]
  if (reply.error || !text)
    throw new Error(`the shadow's server did not answer: ${reply.error?.message ?? ''}`)
  const { roles, system, ...facts } = JSON.parse(text) as Omit<
    ShadowServer,
    'roles' | 'endpoint' | 'systemIdentifier'
  > & { readonly roles: readonly string[]; readonly system: FoundSystem }
  const known = system.identifier ? { systemIdentifier: system.identifier } : {}
  return { ...facts, endpoint, roles: new Set(roles), ...known }
}

const QUERY = `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${READ_SYSTEM}
SELECT json_build_object(
  'major', ${fromText('integer', "current_setting('server_version_num')")} / 10000,
  'version', current_setting('server_version'),
  'isStandby', pg_is_in_recovery(),
  'mayCreateDatabases', (SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user),
  'now', extract(epoch FROM clock_timestamp()),
  'system', ${SYSTEM},
  'roles', (SELECT json_agg(oid::text) FROM pg_roles));
COMMIT;`
