import type { DatabaseLocale, Moment } from '../model/backup.js'
import { beginReading } from '../sql/begin-reading.js'
import { quoteLiteral } from '../sql/identifier.js'
import type { Ask } from './read-contents.js'

/** What any role may ask. */
export type ServerMoment = Omit<Moment, 'systemIdentifier'>

/** An open transaction that others can look through. It lasts as long as its session. */
export interface Snapshot extends ServerMoment {
  /** What `pg_dump --snapshot` takes. */
  readonly name: string
  readonly locale: DatabaseLocale
  readonly owners: readonly string[]
  readonly roles: readonly string[]
}

/** @throws Error with the server's words */
export async function beginSnapshot(ask: Ask): Promise<Snapshot> {
  const answers = await ask(`${beginReading('REPEATABLE READ')}
SET LOCAL search_path = pg_catalog, pg_temp;
${QUERY}`)
  const said = answers.at(-1)?.[0]?.[0]
  if (!said) throw new Error('the server exported no snapshot')
  return JSON.parse(said) as Snapshot
}

/** The point in time alone, for a provider's own backup to go back to. @throws Error with the server's words */
export async function readMoment(ask: Ask): Promise<ServerMoment> {
  const answers = await ask(
    `${beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\nSELECT json_build_object(${MOMENT});\nCOMMIT;`,
  )
  const said = answers.flat(2).find((value) => value?.startsWith('{'))
  if (!said) throw new Error('the server told no point in time')
  return JSON.parse(said) as ServerMoment
}

/** The timeline is the beginning of the name of the log's file. */
const MOMENT = `'serverTime', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'lsn', pg_current_wal_lsn()::text,
  'timeline', int4(bit_in(textout('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8)), 0, 32))`

const OWNED = [
  ['pg_class', 'relowner', 'relnamespace'],
  ['pg_proc', 'proowner', 'pronamespace'],
  ['pg_type', 'typowner', 'typnamespace'],
].map(
  ([catalog, owner, space]) =>
    `SELECT ${owner} FROM ${catalog} c JOIN pg_namespace n ON n.oid = c.${space} WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
)

const owners = `${OWNED.join(' UNION ')} UNION SELECT nspowner FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  UNION SELECT lomowner FROM pg_largeobject_metadata`

/** What a server has by itself is no role that a restore could lack. */
const named = (oids: string) =>
  `(SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') FROM pg_roles WHERE oid IN (${oids}) AND rolname !~ '^pg_')`

const referred = `SELECT refobjid FROM pg_shdepend WHERE refclassid = ${quoteLiteral('pg_authid')}::regclass
  AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`

const QUERY = `SELECT json_build_object('name', pg_export_snapshot(), ${MOMENT},
  'owners', ${named(owners)},
  'roles', ${named(`${owners} UNION ${referred}`)},
  'locale', (SELECT json_build_object('encoding', pg_encoding_to_char(encoding), 'collate', datcollate, 'ctype', datctype,
    'provider', datlocprovider, 'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
    FROM pg_database d WHERE datname = current_database()));`
