import type { TestDatabase } from '../../support/postgres/a-database.js'

/**
 * All that is in a database, to be compared: rows, sequences, large objects, definitions, roles, replication slots
 * and the locks of this session. Of what databases share, its own part. Without what the server
 * only estimates.
 */
export async function wholeDatabase(
  database: Pick<TestDatabase, 'query'>,
  { definitions = true }: { definitions?: boolean } = {},
): Promise<Record<string, string>> {
  const catalogs = !definitions
    ? []
    : await database.query<{ name: string }>(
        `select relname as name from pg_class
     where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r' and not relisshared
       and relname not in ('pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject')
     order by 1`,
      )
  const own = await database.query<{ name: string; sequence: boolean }>(
    `select c.oid::regclass::text as name, relkind = 'S' as sequence from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind in ('r', 'S', 'm') and n.nspname !~ '^(pg_|information_schema)' and relispopulated order by 1`,
  )
  const parts = [
    ...catalogs.map(({ name }) => [`pg_catalog.${name}`, `pg_catalog.${name}`] as const),
    ...own.map(
      ({ name, sequence }) =>
        [name, sequence ? `(select last_value, is_called from ${name})` : name] as const,
    ),
    ['large objects', '(select * from pg_largeobject)'],
    ['roles', "(select * from pg_authid where rolname like 'devflow\\_%')"],
    ['databases', '(select datname, datacl from pg_database where datname = current_database())'],
    ['slots', '(select slot_name from pg_replication_slots where database = current_database())'],
    [
      'advisory locks',
      "(select objid, classid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())",
    ],
  ] as const
  const queries = parts.map(
    ([name, from]) =>
      `select '${name.replaceAll("'", "''")}' as name, coalesce(md5(string_agg(x.row, E'\\n' order by x.row)), '') as digest
       from (select ${name === 'pg_catalog.pg_class' ? CLASS : 't::text'} as row from ${from} as t) as x`,
  )
  const rows = await database.query<{ name: string; digest: string }>(queries.join(' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/** CREATE INDEX and VACUUM write these in place. */
const CLASS =
  "(to_jsonb(t) - '{relpages,reltuples,relallvisible,relallfrozen,relhasindex,relfrozenxid,relminmxid}'::text[])::text"
