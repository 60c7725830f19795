import { nameOf } from './canonical-text.js'
import { holdsOwn, type ObjectQuery } from './object-query.js'
import { withOptions } from './relation-objects.js'

/** Constraints, indexes, triggers, rules, policies, statistics: rows of kind, name, what it is part of, definition. */
export const tablePartObjects: readonly ObjectQuery[] = [
  // Those of partitions follow from the one they are made by. NOT NULL is the column's.
  {
    sql: `SELECT 'constraint', ${nameOf('conname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN off.tgconstraint IS NOT NULL THEN 'TRIGGERS DISABLED' END)
  FROM rel JOIN pg_constraint k ON k.conrelid = rel.oid
    LEFT JOIN (SELECT DISTINCT tgconstraint FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O') off ON off.tgconstraint = k.oid
  WHERE contype IN ('c', 'p', 'u', 'x') OR contype = 'f' AND conparentid = 0`,
  },
  {
    onlyIf: holdsOwn('pg_type', "typtype = 'd'"),
    sql: `SELECT 'constraint', ${nameOf('conname')} || ' on ' || typ.name, 'type ' || typ.name, pg_get_constraintdef(k.oid)
  FROM typ JOIN pg_constraint k ON k.contypid = typ.oid WHERE contype = 'c'`,
  },
  // What makes a constraint hold is told by that, unless there is more to tell.
  {
    sql: `SELECT 'index', rel.schema || '.' || ${nameOf('i.relname')},
    CASE WHEN k.oid IS NULL THEN rel.kind || ' ' || rel.name ELSE 'constraint ' || ${nameOf('conname')} || ' on ' || rel.name END,
    concat_ws(' ', CASE WHEN k.oid IS NULL THEN pg_get_indexdef(indexrelid) ELSE ${withOptions('i.reloptions')} END,
      'TABLESPACE ' || ${nameOf('spcname')}, CASE WHEN NOT indisvalid THEN 'INVALID' END, CASE WHEN indisclustered THEN 'CLUSTER' END,
      CASE WHEN indisreplident AND rel.relreplident = 'i' THEN 'REPLICA IDENTITY' END)
  FROM rel JOIN pg_index x ON x.indrelid = rel.oid JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = rel.oid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_tablespace space ON space.oid = i.reltablespace
  WHERE k.oid IS NULL OR i.reloptions IS NOT NULL OR i.reltablespace <> 0 OR NOT indisvalid OR indisclustered OR indisreplident`,
  },
  {
    onlyIf: holdsOwn('pg_trigger', 'NOT tgisinternal'),
    sql: `SELECT 'trigger', ${nameOf('tgname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_triggerdef(t.oid), ${firing('tgenabled')})
  FROM rel JOIN pg_trigger t ON tgrelid = rel.oid WHERE NOT tgisinternal`,
  },
  {
    onlyIf: holdsOwn('pg_rewrite', "rulename <> '_RETURN'"),
    sql: `SELECT 'rule', ${nameOf('rulename')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', rtrim(pg_get_ruledef(r.oid), ';'), ${firing('ev_enabled')})
  FROM rel JOIN pg_rewrite r ON ev_class = rel.oid WHERE rulename <> '_RETURN'`,
  },
  {
    onlyIf: 'EXISTS (SELECT FROM pg_policy)',
    sql: `SELECT 'policy', ${nameOf('polname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE polcmd WHEN 'r' THEN 'FOR SELECT' WHEN 'a' THEN 'FOR INSERT' WHEN 'w' THEN 'FOR UPDATE' WHEN 'd' THEN 'FOR DELETE' ELSE 'FOR ALL' END,
      'TO ' || (SELECT string_agg(role, ', ' ORDER BY role COLLATE "C") FROM (
        SELECT CASE o WHEN 0 THEN 'PUBLIC' ELSE ${nameOf('pg_get_userbyid(o)')} END AS role FROM unnest(polroles) o) roles),
      'USING (' || pg_get_expr(polqual, polrelid) || ')', 'WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')')
  FROM rel JOIN pg_policy ON polrelid = rel.oid`,
  },
  {
    onlyIf: 'EXISTS (SELECT FROM pg_statistic_ext)',
    sql: `SELECT 'statistics', ns.name || '.' || ${nameOf('stxname')}, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_statisticsobjdef(s.oid), CASE WHEN stxstattarget >= 0 THEN 'STATISTICS ' || stxstattarget END)
  FROM pg_statistic_ext s JOIN rel ON rel.oid = stxrelid JOIN ns ON ns.oid = stxnamespace`,
  },
]

/** SQL: when a trigger or rule fires, where that is not always but in replication. */
function firing(column: string): string {
  return `CASE ${column} WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END`
}
