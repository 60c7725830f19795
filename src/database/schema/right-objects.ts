import { fromText } from '../../sql/from-text.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { nameOf } from './canonical-text.js'
import { OWN_TYPES } from './code-objects.js'
import { HAS_WRAPPERS } from './foreign-objects.js'
import { noMember } from './found-objects.js'
import { holdsFunctions, holdsOwn, type ObjectQuery } from './object-query.js'
import type { SchemaScope } from './schema-scope.js'

/**
 * Schemas, and rights that are not those an object has by itself, one row for each object: `PUBLIC=r, anon=ar`, in the
 * letters of `\dp` in psql, `ALL` where they are all, a star for WITH GRANT OPTION; who granted them is left out. The
 * owner's (`owner ada=r`) are told where they are not all. With default privileges. Of a schema that is there to hold our tables nothing is told.
 */
export function rightObjects(scope: SchemaScope): readonly ObjectQuery[] {
  return [
    { sql: schemas(scope) },
    { sql: rights(schemaRights(scope)) },
    {
      onlyIf: holdsOwn('pg_class', "relacl IS NOT NULL AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
      sql: rights(RELATION_RIGHTS),
    },
    {
      onlyIf: 'EXISTS (SELECT FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid >= 16384)',
      sql: rights(COLUMN_RIGHTS),
    },
    { onlyIf: holdsFunctions('proacl IS NOT NULL'), sql: rights(FUNCTION_RIGHTS) },
    { onlyIf: `${OWN_TYPES} AND ${holdsOwn('pg_type', 'typacl IS NOT NULL')}`, sql: rights(TYPE_RIGHTS) },
    { onlyIf: 'EXISTS (SELECT FROM pg_default_acl)', sql: defaultPrivileges(scope) },
    ...(scope.schemas.length > 0 ? [] : [{ onlyIf: HAS_WRAPPERS, sql: rights(FOREIGN_RIGHTS) }]),
  ]
}

function schemas(scope: SchemaScope): string {
  return `SELECT 'schema', name, '', 'OWNER ' || ${nameOf('pg_get_userbyid(nspowner)')} FROM ns WHERE ${isTold(scope)}`
}

function isTold({ tracking }: SchemaScope): string {
  const holdsOurs = tracking.schema === 'public' ? '' : `nspname <> ${quoteLiteral(tracking.schema)} AND `
  return `${holdsOurs}${noMember('pg_namespace', 'ns.oid')}`
}

/** @param source SQL: `kind`, `name`, `owner` (null: it has no right by itself), `acl`, `most`: all rights, `usual`: where `acl` is null */
function rights(source: string): string {
  return `SELECT 'rights', what, what, rights
  FROM (SELECT kind || ' ' || name AS what, usual, coalesce(${listed}, '') AS rights FROM (${source}) o OFFSET 0) r WHERE rights <> usual`
}

function schemaRights(scope: SchemaScope): string {
  return `SELECT 'schema' AS kind, name, nspowner AS owner, nspacl AS acl, 'UC' AS most, '' AS usual FROM ns
  WHERE nspacl IS NOT NULL AND ${isTold(scope)}`
}

/** PostgreSQL 17 and newer know one right more. */
const TABLE_RIGHTS = `CASE WHEN ${fromText('integer', "current_setting('server_version_num')")} >= 170000 THEN 'arwdDxtm' ELSE 'arwdDxt' END`

const RELATION_RIGHTS = `SELECT kind, name, relowner AS owner, relacl AS acl, CASE relkind WHEN 'S' THEN 'rwU' ELSE ${TABLE_RIGHTS} END AS most,
    '' AS usual FROM rel WHERE relacl IS NOT NULL AND relkind <> 'c'`

const COLUMN_RIGHTS = `SELECT 'column' AS kind, name || '.' || ${nameOf('attname')} AS name, NULL::oid AS owner, attacl AS acl, 'arwx' AS most,
    '' AS usual FROM rel JOIN pg_attribute ON attrelid = rel.oid WHERE attacl IS NOT NULL AND attnum > 0 AND NOT attisdropped`

const FUNCTION_RIGHTS = `SELECT kind, name, proowner AS owner, proacl AS acl, 'X' AS most, 'PUBLIC=ALL' AS usual FROM fn WHERE proacl IS NOT NULL`

const TYPE_RIGHTS = `SELECT kind, name, typowner AS owner, typacl AS acl, 'U' AS most, 'PUBLIC=ALL' AS usual FROM typ WHERE typacl IS NOT NULL`

const FOREIGN_RIGHTS = `SELECT 'foreign data wrapper' AS kind, ${nameOf('fdwname')} AS name, fdwowner AS owner, fdwacl AS acl, 'U' AS most, '' AS usual
    FROM pg_foreign_data_wrapper w WHERE fdwacl IS NOT NULL AND ${noMember('pg_foreign_data_wrapper', 'w.oid')}
  UNION ALL SELECT 'server', ${nameOf('srvname')}, srvowner, srvacl, 'U', ''
    FROM pg_foreign_server s WHERE srvacl IS NOT NULL AND ${noMember('pg_foreign_server', 's.oid')}`

/** Those of a schema are added to what an object has by itself, the others stand in their place. */
function defaultPrivileges({ schemas }: SchemaScope): string {
  const join = schemas.length > 0 ? 'JOIN' : 'LEFT JOIN'
  const everywhere = schemas.length > 0 ? '' : 'OR space = 0'
  return `SELECT 'default privileges', role || coalesce(' in ' || ns.name, '') || ' on ' || what, coalesce('schema ' || ns.name, ''), coalesce(${listed}, '')
  FROM (SELECT ${nameOf('pg_get_userbyid(defaclrole)')} AS role, defaclnamespace AS space, defaclacl AS acl,
    CASE WHEN defaclnamespace = 0 THEN defaclrole END AS owner, CASE defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
      WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS what,
    CASE defaclobjtype WHEN 'r' THEN ${TABLE_RIGHTS} WHEN 'S' THEN 'rwU' WHEN 'f' THEN 'X' WHEN 'T' THEN 'U' WHEN 'n' THEN 'UC' ELSE 'rw' END AS most
    FROM pg_default_acl) o ${join} ns ON ns.oid = space WHERE ns.oid IS NOT NULL ${everywhere}`
}

/** Who, and what: `"odd role"=ar*w/postgres`. */
const ACL_ITEM = quoteLiteral('^((?:"(?:[^"]|"")*"|[^"=])*)=([a-zA-Z*]*)/')

/** Of `acl`, `owner` and `most`. An owner who has nothing is listed without a letter. */
const listed = `(SELECT string_agg(DISTINCT item COLLATE "C", ', ' ORDER BY item COLLATE "C") FROM (
    SELECT CASE WHEN grantee = pg_get_userbyid(owner) THEN 'owner ' ELSE '' END || CASE grantee WHEN '' THEN 'PUBLIC' ELSE ${nameOf('grantee')} END || '=' || CASE WHEN translate(rights, '*', '') <> most THEN rights
        WHEN strpos(rights, '*') = 0 THEN 'ALL' WHEN length(rights) = 2 * length(most) THEN 'ALL*' ELSE rights END AS item,
      grantee = pg_get_userbyid(owner) AND rights = most AS by_itself
    FROM (SELECT CASE WHEN left(m[1], 1) = '"' THEN replace(substr(m[1], 2, length(m[1]) - 2), '""', '"') ELSE m[1] END AS grantee, m[2] AS rights
      FROM unnest(acl) a, regexp_match(a::text, ${ACL_ITEM}) m
      UNION ALL SELECT pg_get_userbyid(owner), '' WHERE NOT EXISTS (SELECT FROM aclexplode(acl) e WHERE e.grantee = owner) AND owner IS NOT NULL) g) i
  WHERE by_itself IS NOT TRUE)`
