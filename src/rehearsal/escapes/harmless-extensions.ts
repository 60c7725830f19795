/**
 * Extensions whose functions do nothing but compute, or change rows as any statement does. Of others it can not be told
 * what their C functions do. `tablefunc` and `xml2` are here: those of theirs that run SQL are known by name.
 */
export const HARMLESS_EXTENSIONS: readonly string[] =
  `plpgsql pgcrypto uuid-ossp citext hstore ltree pg_trgm btree_gin btree_gist unaccent intarray cube earthdistance
  fuzzystrmatch tablefunc xml2 isn seg lo dict_int dict_xsyn intagg bloom tcn moddatetime insert_username
  pg_stat_statements pgstattuple pgrowlocks pg_freespacemap pageinspect sslinfo tsm_system_rows tsm_system_time amcheck
  pg_walinspect postgis postgis_raster postgis_sfcgal address_standardizer vector pgroonga rum pg_jsonschema pgjwt
  pgsodium supabase_vault pg_hashids pg_uuidv7 hypopg index_advisor semver temporal_tables ip4r prefix hll topn
  roaringbitmap pg_similarity rdkit h3 h3_postgis`.split(/\s+/)
