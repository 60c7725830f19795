import { quoteLiteral } from '../../sql/identifier.js'
import { UNTRUSTED } from '../../sql/reach/read-reach.js'
import { HARMLESS_EXTENSIONS } from './harmless-extensions.js'

/** Functions of the server that escape and that somebody may call in a default or a view. */
const IN_TREES = textArray(
  `nextval setval lo_export pg_advisory_lock pg_try_advisory_lock pg_terminate_backend pg_cancel_backend pg_reload_conf
  pg_logical_emit_message pg_switch_wal`.split(/\s+/),
)

/**
 * One SELECT of one row with one column of JSON, which `parseEscapeFacts` reads: what of the target can run when a
 * statement does, that is functions, what calls them, and what takes a number from a sequence. It reads the catalog
 * alone. It is to be sent with `search_path = pg_catalog, pg_temp`.
 *
 * Event triggers that belong to an extension are left out: they keep the extension's own books, and every definition
 * fires them. pg_graphql, for one, counts definitions by a sequence of its own.
 */
export const escapeFactsQuery = `WITH
member AS (
  SELECT d.objid, e.extname
  FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
  WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
),
function AS (
  SELECT p.oid, n.nspname, p.proname, l.lanname, p.provolatile, p.prokind, m.extname
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  LEFT JOIN member m ON m.objid = p.oid
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND (m.extname IS NULL OR m.extname <> ALL (${textArray(HARMLESS_EXTENSIONS)}))
    AND (p.provolatile = 'v' OR p.prokind = 'a' OR l.lanname IN ('sql', 'plpgsql') OR l.lanname = ANY (${textArray([...UNTRUSTED])}))
),
relation AS (
  SELECT c.oid, n.nspname, c.relname, c.relkind
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
),
domain AS (
  SELECT t.oid, n.nspname, t.typname, t.typdefault
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'd' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
),
escaping AS (
  SELECT pg_catalog.array_agg('%:funcid ' || oid || ' %') AS patterns
  FROM pg_catalog.pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY (${IN_TREES})
),
called AS (
  SELECT d.classid, d.objid, f.nspname, f.proname
  FROM pg_catalog.pg_depend d JOIN function f ON f.oid = d.refobjid
  WHERE d.refclassid = 'pg_catalog.pg_proc'::regclass AND d.deptype <> 'i'
)
SELECT pg_catalog.json_build_object(
'path', (SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'search_path'),
'user', current_user,
'relations', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(nspname, relname, relkind)) FROM relation),
'owned', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(s.nspname, s.relname, t.nspname, t.relname))
  FROM pg_catalog.pg_depend d JOIN relation s ON s.oid = d.objid AND s.relkind = 'S' JOIN relation t ON t.oid = d.refobjid
  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
),
'functions', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(nspname, proname, lanname,
    CASE WHEN prokind <> 'a' AND lanname IN ('sql', 'plpgsql') THEN pg_catalog.pg_get_functiondef(oid) END,
    (SELECT pg_catalog.array_agg(DISTINCT u.name) FROM pg_catalog.pg_aggregate a CROSS JOIN LATERAL (VALUES
       (a.aggtransfn), (a.aggfinalfn), (a.aggcombinefn), (a.aggmtransfn), (a.aggminvtransfn), (a.aggmfinalfn)) AS x (f)
       JOIN LATERAL (SELECT pn.nspname || '.' || pp.proname FROM pg_catalog.pg_proc pp JOIN pg_catalog.pg_namespace pn ON pn.oid = pp.pronamespace
         WHERE pp.oid = x.f::oid) AS u (name) ON true
     WHERE a.aggfnoid = function.oid))) FROM function
),
'defaults', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(r.nspname, r.relname, a.attname, a.attgenerated <> '',
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute b
     WHERE b.attrelid = a.attrelid AND b.attnum BETWEEN 1 AND a.attnum AND NOT b.attisdropped), x.expression))
  FROM (
    SELECT d.adrelid, d.adnum, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
    FROM pg_catalog.pg_attrdef d
    WHERE d.adbin::text LIKE ANY ((SELECT patterns FROM escaping)::text[])
      OR d.oid IN (SELECT objid FROM called WHERE classid = 'pg_catalog.pg_attrdef'::regclass)
    UNION ALL
    SELECT d.refobjid, d.refobjsubid, pg_catalog.format('nextval(%L)', pg_catalog.format('%I.%I', s.nspname, s.relname))
    FROM pg_catalog.pg_depend d JOIN relation s ON s.oid = d.objid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.deptype = 'i' AND s.relkind = 'S'
    UNION ALL
    SELECT a.attrelid, a.attnum, t.typdefault
    FROM domain t JOIN pg_catalog.pg_attribute a ON a.atttypid = t.oid AND NOT a.attisdropped
    WHERE t.typdefault ~ '[(]' AND NOT a.atthasdef
  ) AS x (relation, number, expression)
  JOIN relation r ON r.oid = x.relation
  JOIN pg_catalog.pg_attribute a ON a.attrelid = x.relation AND a.attnum = x.number
),
'domains', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(nspname, typname, typdefault)) FROM domain WHERE typdefault ~ '[(]'),
'triggers', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(r.nspname, r.relname, t.tgname, t.tgtype, n.nspname, p.proname))
  FROM pg_catalog.pg_trigger t JOIN relation r ON r.oid = t.tgrelid
  JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgfoid IN (SELECT oid FROM function)
),
'calls', (
  SELECT pg_catalog.json_agg(DISTINCT pg_catalog.jsonb_build_array(r.nspname, r.relname, x.deeds, x.place, c.nspname, c.proname))
  FROM called c JOIN LATERAL (
    SELECT k.conrelid, 'iua', 'by the check ' || pg_catalog.quote_ident(k.conname) || ' of' FROM pg_catalog.pg_constraint k
    WHERE c.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = c.objid
    UNION ALL
    SELECT p.polrelid, 'iudr', 'by the policy ' || pg_catalog.quote_ident(p.polname) || ' on' FROM pg_catalog.pg_policy p
    WHERE c.classid = 'pg_catalog.pg_policy'::regclass AND p.oid = c.objid
    UNION ALL
    SELECT t.tgrelid, 'iudt', 'by the trigger ' || pg_catalog.quote_ident(t.tgname) || ' on' FROM pg_catalog.pg_trigger t
    WHERE c.classid = 'pg_catalog.pg_trigger'::regclass AND t.oid = c.objid AND t.tgqual IS NOT NULL AND t.tgenabled <> 'D'
    UNION ALL
    SELECT i.indrelid, 'iua', 'by an index on' FROM pg_catalog.pg_index i
    WHERE c.classid = 'pg_catalog.pg_class'::regclass AND i.indexrelid = c.objid
    UNION ALL
    SELECT w.ev_class, 'iudra', CASE w.rulename WHEN '_RETURN' THEN 'in the view' ELSE 'by the rule ' || pg_catalog.quote_ident(w.rulename) || ' on' END FROM pg_catalog.pg_rewrite w
    WHERE c.classid = 'pg_catalog.pg_rewrite'::regclass AND w.oid = c.objid
  ) AS x (relation, deeds, place) ON true
  JOIN relation r ON r.oid = x.relation
),
'domainCalls', (
  SELECT pg_catalog.json_agg(DISTINCT pg_catalog.jsonb_build_array(t.nspname, t.typname, c.nspname, c.proname))
  FROM called c LEFT JOIN pg_catalog.pg_constraint k ON c.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = c.objid
  JOIN domain t ON t.oid = k.contypid OR (c.classid = 'pg_catalog.pg_type'::regclass AND t.oid = c.objid)
),
'columnDomains', (
  SELECT pg_catalog.json_agg(DISTINCT pg_catalog.jsonb_build_array(r.nspname, r.relname, t.nspname, t.typname))
  FROM domain t JOIN pg_catalog.pg_attribute a ON a.atttypid = t.oid AND NOT a.attisdropped JOIN relation r ON r.oid = a.attrelid
),
'rules', (
  SELECT pg_catalog.json_agg(pg_catalog.pg_get_ruledef(w.oid))
  FROM pg_catalog.pg_rewrite w JOIN relation r ON r.oid = w.ev_class
  WHERE w.rulename <> '_RETURN' AND w.ev_enabled <> 'D'
),
'views', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(v.nspname, v.relname, x.below))
  FROM (
    SELECT w.ev_class, pg_catalog.jsonb_agg(DISTINCT pg_catalog.jsonb_build_array(b.nspname, b.relname))
    FROM pg_catalog.pg_rewrite w
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> w.ev_class
    JOIN relation b ON b.oid = d.refobjid
    WHERE w.rulename = '_RETURN' GROUP BY w.ev_class
  ) AS x (view, below) JOIN relation v ON v.oid = x.view
),
'definitions', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(v.nspname, v.relname, pg_catalog.pg_get_viewdef(v.oid)))
  FROM pg_catalog.pg_rewrite w JOIN relation v ON v.oid = w.ev_class
  WHERE w.rulename = '_RETURN' AND w.ev_class >= 16384 AND w.ev_action::text LIKE ANY ((SELECT patterns FROM escaping)::text[])
),
'children', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(p.nspname, p.relname, c.nspname, c.relname))
  FROM pg_catalog.pg_inherits i JOIN relation p ON p.oid = i.inhparent JOIN relation c ON c.oid = i.inhrelid
),
'foreignKeys', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(p.nspname, p.relname, c.nspname, c.relname, k.conname, k.confdeltype, k.confupdtype,
    EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = k.conrelid AND (t.tgtype & 32) <> 0)))
  FROM pg_catalog.pg_constraint k JOIN relation p ON p.oid = k.confrelid JOIN relation c ON c.oid = k.conrelid
  WHERE k.contype = 'f' AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd')
    OR EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = k.conrelid AND (t.tgtype & 32) <> 0))
),
'foreign', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(r.nspname, r.relname, f.ftoptions::text ~ '(^[{]|,)"?program='))
  FROM pg_catalog.pg_foreign_table f JOIN relation r ON r.oid = f.ftrelid
),
'eventTriggers', (
  SELECT pg_catalog.json_agg(pg_catalog.json_build_array(e.evtname, e.evtevent, e.evttags, n.nspname, p.proname))
  FROM pg_catalog.pg_event_trigger e JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE e.evtenabled <> 'D' AND e.evtevent <> 'login' AND NOT EXISTS (SELECT FROM member m WHERE m.objid = p.oid)
)
)::text AS facts;`

function textArray(names: readonly string[]): string {
  return `ARRAY[${names.map(quoteLiteral).join(', ')}]::text[]`
}
