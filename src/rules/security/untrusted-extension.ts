import { showName } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const untrustedExtension: Rule = {
  id: 'untrusted-extension',
  group: 'security',
  title: 'CREATE EXTENSION of one that is not known as harmless',
  why: "An extension is code in the server's process. Most that are not marked trusted need a superuser; some reach files and other servers, and every role that may call their functions does so too.",
  instead:
    'Let who runs the server make it, in a schema of its own, and revoke EXECUTE from PUBLIC. Where the extension is known to the team, suppress the finding with that as the reason.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: ['create extension dblink;', 'create extension if not exists some_new_thing;'],
    good: ['create extension if not exists pgcrypto;', 'create extension postgis;'],
  },
  *check(statement) {
    const name = treeAs(statement, 'CreateExtensionStmt')?.extname
    if (name === undefined || HARMLESS.has(name) || LANGUAGE.test(name)) return
    const reaches = REACHING.get(name)
    yield {
      message: reaches
        ? `The extension ${showName([name])} ${reaches}.`
        : `The extension ${showName([name])} is not one of those known as harmless.`,
      help: reaches
        ? 'Make it in a schema of its own and revoke EXECUTE on its functions from PUBLIC.'
        : 'Find out what it does; then suppress this with the reason, or let who runs the server make it.',
      ...(reaches ? { levels: everywhere('warn') } : {}),
    }
  },
}

/** Of those another rule speaks; trusted ones are harmless. */
const LANGUAGE = /^(pl(python[23]?u|perlu?|tclu?|r|sh|v8|rustu?|javau?)|.*_pl(python3?u|perlu?))$/

const REACHING = new Map([
  ['dblink', 'lets everyone who may call it run SQL on other servers'],
  ['postgres_fdw', 'reads and writes tables of other servers'],
  ['file_fdw', "reads files of the server's machine and runs programs on it"],
  ['adminpack', "writes files of the server's machine"],
])

/** Trusted in PostgreSQL's own distribution, or without reach beyond the database. */
const HARMLESS = new Set(
  `plpgsql btree_gin btree_gist citext cube dict_int fuzzystrmatch hstore intarray isn lo ltree pgcrypto pg_trgm seg
  tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp bloom dict_xsyn earthdistance intagg amcheck
  pageinspect pg_buffercache pg_freespacemap pg_prewarm pg_stat_statements pg_visibility pg_walinspect pgrowlocks
  pgstattuple sslinfo xml2 postgis postgis_raster postgis_sfcgal postgis_topology postgis_tiger_geocoder
  address_standardizer address_standardizer_data_us pgrouting h3 h3_postgis vector vectorscale rum pgroonga
  pg_bigm pg_search pg_partman timescaledb pg_repack hypopg index_advisor pg_hint_plan pg_stat_kcache
  pg_stat_monitor pg_graphql pg_jsonschema pg_hashids pg_uuidv7 pgjwt pgmq pgtap plpgsql_check pgaudit pg_ivm
  supabase_vault pgsodium semver citus hll topn tdigest pg_cron age temporal_tables`.split(/\s+/),
)
