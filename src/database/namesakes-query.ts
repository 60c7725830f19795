import { quoteLiteral } from '../sql/identifier.js'
import {
  CHAIN_FUNCTION,
  HISTORY_TABLE,
  STATUS_CHECK,
  STATUS_FUNCTION,
  STATUS_VIEW,
} from './tracking-names.js'

/** What is called as a view or function of ours, where making the tables would replace it. */
export interface Namesake {
  readonly schema: string
  readonly name: string
  readonly kind: 'view' | 'function'
  /** It reads a history of our kind, as ours and a custom runner's do. */
  readonly ours: boolean
}

/**
 * SQL of a JSON list of {@link Namesake}. Ours, or a custom runner's, is a view that depends on a tracking table of its
 * schema, or on the function; a function whose text names one, or, where the table is gone, that returns what ours does.
 */
export function namesakesSql(schemas: readonly string[], table: string): string {
  const list = schemas.map(quoteLiteral).join(', ')
  const text = "CASE WHEN p.prokind = 'f' THEN pg_get_functiondef(p.oid) ELSE '' END"
  const tracking = `pg_class t WHERE t.relnamespace = n.oid AND t.relkind = 'r' AND (t.relname = ${quoteLiteral(table)}
          OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND conname = '${STATUS_CHECK}'))`
  return `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', f.name, 'kind', f.kind, 'ours', f.ours)), '[]')
    FROM pg_namespace n CROSS JOIN LATERAL (
      SELECT p.proname, 'function', CASE p.proname
        WHEN '${CHAIN_FUNCTION}' THEN p.prorettype = 'trigger'::regtype AND strpos(${text}, '${HISTORY_TABLE}') > 0
        ELSE EXISTS (SELECT FROM ${tracking} AND strpos(${text}, t.relname) > 0)
          OR (p.proargnames = '{total,completed,pending,failed,last_version,last_applied_at}'
            AND strpos(${text}, ${quoteLiteral(table)}) > 0) END
      FROM pg_proc p WHERE p.pronamespace = n.oid AND p.pronargs = 0 AND p.proname IN ('${STATUS_FUNCTION}', '${CHAIN_FUNCTION}')
      UNION ALL SELECT c.relname, 'view', c.relkind = 'v' AND EXISTS (SELECT FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = c.oid AND (
          (d.refclassid = 'pg_class'::regclass AND EXISTS (SELECT FROM ${tracking} AND t.oid = d.refobjid))
          OR (d.refclassid = 'pg_proc'::regclass AND EXISTS (SELECT FROM pg_proc p
            WHERE p.oid = d.refobjid AND p.pronamespace = n.oid AND p.proname = '${STATUS_FUNCTION}'))))
      FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = '${STATUS_VIEW}'
    ) f(name, kind, ours) WHERE n.nspname IN (${list}))`
}
