import { nameOf } from './canonical-text.js'
import { noMember } from './found-objects.js'
import { holdsFunctions, holdsOwn, type ObjectQuery } from './object-query.js'

/** A condition: there are types that came with no table. */
export const OWN_TYPES = holdsOwn(
  'pg_type',
  `(typtype IN ('e', 'd', 'r') OR typtype = 'b' AND NOT (typcategory = 'A' AND typelem <> 0) OR typtype = 'c'
  AND EXISTS (SELECT FROM pg_class c WHERE c.oid = typrelid AND relkind = 'c'))`,
)

/**
 * Functions, types, operators, casts, collations: rows of kind, name, what it is part of, definition. Of the body of a
 * function only the digest is kept: bodies are long, and more than one holds a secret.
 */
export const codeObjects: readonly ObjectQuery[] = [
  {
    onlyIf: holdsFunctions(),
    sql: `SELECT fn.kind, fn.name, 'schema ' || fn.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(proowner)')},
    '(' || pg_get_function_arguments(fn.oid) || ')', 'RETURNS ' || pg_get_function_result(fn.oid), 'LANGUAGE ' || ${nameOf('lanname')},
    CASE prokind WHEN 'w' THEN 'WINDOW' END, CASE provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
    CASE WHEN proisstrict THEN 'STRICT' END, CASE WHEN prosecdef THEN 'SECURITY DEFINER' END, CASE WHEN proleakproof THEN 'LEAKPROOF' END,
    CASE proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END, 'COST ' || procost,
    CASE WHEN prorows > 0 THEN 'ROWS ' || prorows END, CASE WHEN prosupport <> 0 THEN 'SUPPORT ' || prosupport::text END,
    (SELECT string_agg('SET ' || o, ' ' ORDER BY o COLLATE "C") FROM unnest(proconfig) o),
    CASE WHEN aggfnoid IS NULL THEN 'BODY ' || encode(sha256(convert_to(concat(coalesce(pg_get_function_sqlbody(fn.oid), prosrc), probin), 'UTF8')), 'hex') END,
    CASE WHEN aggfnoid IS NOT NULL THEN concat_ws(' ', 'KIND ' || concat(aggkind, aggnumdirectargs), 'SFUNC ' || aggtransfn::text,
      'STYPE ' || format_type(aggtranstype, NULL), 'FINALFUNC ' || concat_ws(' ', aggfinalfn, aggfinalextra, aggfinalmodify), 'COMBINEFUNC ' || aggcombinefn::text,
      'SERIALFUNC ' || concat_ws(' ', aggserialfn, aggdeserialfn), 'INITCOND ' || quote_literal(agginitval),
      'MSFUNC ' || concat_ws(' ', aggmtransfn, aggminvtransfn, aggmfinalfn), 'MINITCOND ' || quote_literal(aggminitval),
      'SORTOP ' || aggsortop::regoperator::text) END)
  FROM fn JOIN pg_language l ON l.oid = prolang LEFT JOIN pg_aggregate ON aggfnoid = fn.oid`,
  },
  {
    onlyIf: OWN_TYPES,
    sql: `SELECT typ.kind, typ.name, 'schema ' || typ.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(typowner)')},
    CASE typtype WHEN 'c' THEN 'COMPOSITE' WHEN 'd' THEN 'DOMAIN ' || format_type(typbasetype, typtypmod) WHEN 'b' THEN
      'BASE ' || concat_ws(' ', typinput, typoutput, typreceive, typsend, typmodin, typmodout, typlen, typbyval, typalign, typstorage)
      WHEN 'e' THEN 'ENUM ' || labels.text WHEN 'r' THEN 'RANGE ' || concat_ws(' ', format_type(rngsubtype, NULL),
        rngmultitypid::regtype, opcname, CASE WHEN rngcollation <> 0 THEN rngcollation::regcollation END, rngcanonical, rngsubdiff) END,
    CASE WHEN typtype = 'd' AND typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = typ.typbasetype)
      THEN 'COLLATE ' || typcollation::regcollation::text END,
    CASE WHEN typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(typdefaultbin, 'pg_type'::regclass))
  FROM typ LEFT JOIN pg_range ON rngtypid = typ.oid LEFT JOIN pg_opclass oc ON oc.oid = rngsubopc
    LEFT JOIN (SELECT enumtypid, string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS text
      FROM pg_enum GROUP BY enumtypid) labels ON enumtypid = typ.oid`,
  },
  {
    onlyIf: holdsOwn('pg_operator'),
    sql: `SELECT 'operator', o.oid::regoperator::text, 'schema ' || ns.name, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(oprowner)')},
    'FUNCTION ' || oprcode::text, CASE WHEN oprcom <> 0 THEN 'COMMUTATOR ' || oprcom::regoperator::text END,
    CASE WHEN oprnegate <> 0 THEN 'NEGATOR ' || oprnegate::regoperator::text END, 'RESTRICT ' || oprrest::text, 'JOIN ' || oprjoin::text,
    CASE WHEN oprcanmerge THEN 'MERGES' END, CASE WHEN oprcanhash THEN 'HASHES' END)
  FROM pg_operator o JOIN ns ON ns.oid = oprnamespace WHERE ${noMember('pg_operator', 'o.oid')}`,
  },
  {
    onlyIf: holdsOwn('pg_collation'),
    sql: `SELECT 'collation', ns.name || '.' || ${nameOf('collname')}, 'schema ' || ns.name, concat_ws(' ',
    'OWNER ' || ${nameOf('pg_get_userbyid(collowner)')}, 'PROVIDER ' || collprovider::text, CASE WHEN NOT collisdeterministic THEN 'NOT DETERMINISTIC' END,
    coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', collcollate), collctype, to_jsonb(c) ->> 'collicurules')
  FROM pg_collation c JOIN ns ON ns.oid = collnamespace WHERE ${noMember('pg_collation', 'c.oid')}`,
  },
]

/** What stands in no schema, and is left out where schemas are named. */
export const databaseObjects: readonly ObjectQuery[] = [
  {
    sql: `SELECT 'extension', ${nameOf('extname')}, '', 'VERSION ' || extversion || ' SCHEMA ' || extnamespace::regnamespace::text FROM pg_extension`,
  },
  {
    onlyIf: holdsOwn('pg_cast'),
    sql: `SELECT 'cast', format_type(castsource, NULL) || ' as ' || format_type(casttarget, NULL), '', concat_ws(' ', 'METHOD ' || castmethod::text,
    CASE WHEN castfunc <> 0 THEN castfunc::regprocedure::text END, CASE castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END)
  FROM pg_cast c WHERE c.oid >= 16384 AND ${noMember('pg_cast', 'c.oid')}`,
  },
  {
    onlyIf: 'EXISTS (SELECT FROM pg_event_trigger)',
    sql: `SELECT 'event trigger', ${nameOf('evtname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(evtowner)')}, 'ON ' || evtevent::text,
    'WHEN TAG IN (' || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(evttags) o) || ')', 'EXECUTE ' || evtfoid::regproc::text,
    CASE evtenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END)
  FROM pg_event_trigger e WHERE ${noMember('pg_event_trigger', 'e.oid')}`,
  },
  {
    onlyIf: 'EXISTS (SELECT FROM pg_publication)',
    sql: `SELECT 'publication', ${nameOf('pubname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(pubowner)')},
    CASE WHEN puballtables THEN 'ALL TABLES' END, 'PUBLISH ' || concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END,
      CASE WHEN pubupdate THEN 'update' END, CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END),
    CASE WHEN pubviaroot THEN 'VIA ROOT' END, CASE WHEN to_jsonb(p) ->> 'pubgencols' IN ('s', 'true') THEN 'GENERATED COLUMNS' END,
    'TABLES ' || (SELECT string_agg(concat_ws(' ', prrelid::regclass, '(' || (SELECT string_agg(${nameOf('attname')}, ', ' ORDER BY attname)
        FROM pg_attribute WHERE attrelid = prrelid AND attnum = ANY (prattrs)) || ')', 'WHERE ' || pg_get_expr(prqual, prrelid)),
        ', ' ORDER BY prrelid::regclass::text COLLATE "C") FROM pg_publication_rel WHERE prpubid = p.oid),
    'SCHEMAS ' || (SELECT string_agg(pnnspid::regnamespace::text, ', ' ORDER BY pnnspid::regnamespace::text COLLATE "C")
      FROM pg_publication_namespace WHERE pnpubid = p.oid))
  FROM pg_publication p WHERE ${noMember('pg_publication', 'p.oid')}`,
  },
]
