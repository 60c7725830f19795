import type { CreateStmt, IndexStmt } from '@pgsql/types'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { type NodeKind, type NodeOf, stringsOf } from '../../sql/tree.js'

/** What a statement makes, and would fail to make again. */
export interface Made {
  /** As a DROP names it: `OBJECT_TABLE:public.orders`. */
  readonly key: string
  readonly shown: string
  /** `IF NOT EXISTS` goes after this word. */
  readonly after?: string
  readonly orReplace?: true
}

/** Undefined where nothing is made, or where the statement says IF NOT EXISTS or OR REPLACE. */
export function whatItMakes({
  node,
  tree,
}: {
  readonly node: string
  readonly tree: object
}): Made | undefined {
  return MAKERS[node as NodeKind]?.(tree as never)
}

const MAKERS: { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>) => Made | undefined } = {
  CreateStmt: makesTable,
  IndexStmt: makesIndex,
  CreateTableAsStmt({ into, objtype, if_not_exists }) {
    if (if_not_exists || !into?.rel) return undefined
    const isView = objtype === 'OBJECT_MATVIEW'
    return {
      key: `${objtype ?? 'OBJECT_TABLE'}:${relationKey(into.rel)}`,
      shown: `CREATE ${isView ? 'MATERIALIZED VIEW' : 'TABLE'} ${showRelation(into.rel)}`,
      after: isView ? 'view' : 'table',
    }
  },
  CreateSeqStmt: ({ sequence, if_not_exists }) =>
    if_not_exists || !sequence
      ? undefined
      : {
          key: `OBJECT_SEQUENCE:${relationKey(sequence)}`,
          shown: `CREATE SEQUENCE ${showRelation(sequence)}`,
          after: 'sequence',
        },
  CreateSchemaStmt: ({ schemaname = '', if_not_exists }) =>
    if_not_exists
      ? undefined
      : {
          key: `OBJECT_SCHEMA:${schemaname}`,
          shown: `CREATE SCHEMA ${showName([schemaname])}`,
          after: 'schema',
        },
  CreateExtensionStmt: ({ extname = '', if_not_exists }) =>
    if_not_exists
      ? undefined
      : {
          key: `OBJECT_EXTENSION:${extname}`,
          shown: `CREATE EXTENSION ${showName([extname])}`,
          after: 'extension',
        },
  ViewStmt: ({ view, replace }) =>
    replace || !view
      ? undefined
      : {
          key: `OBJECT_VIEW:${relationKey(view)}`,
          shown: `CREATE VIEW ${showRelation(view)}`,
          orReplace: true,
        },
  CreateFunctionStmt({ funcname, replace, is_procedure }) {
    const name = stringsOf(funcname)
    const kind = is_procedure ? 'PROCEDURE' : 'FUNCTION'
    if (replace) return undefined
    return {
      key: `OBJECT_${kind}:${keyOf(name)}`,
      shown: `CREATE ${kind} ${showName(name)}`,
      orReplace: true,
    }
  },
  CreateTrigStmt: ({ trigname = '', relation, replace }) =>
    replace
      ? undefined
      : {
          key: `OBJECT_TRIGGER:${relationKey(relation ?? {})}.${trigname}`,
          shown: `CREATE TRIGGER ${showName([trigname])}`,
        },
  CreatePolicyStmt: ({ policy_name = '', table }) => ({
    key: `OBJECT_POLICY:${relationKey(table ?? {})}.${policy_name}`,
    shown: `CREATE POLICY ${showName([policy_name])}`,
  }),
  CreateEnumStmt: ({ typeName }) => makesType(stringsOf(typeName)),
  CreateRangeStmt: ({ typeName }) => makesType(stringsOf(typeName)),
  CompositeTypeStmt: ({ typevar }) =>
    makesType([...(typevar?.schemaname ? [typevar.schemaname] : []), typevar?.relname ?? '']),
  CreateDomainStmt: ({ domainname }) => makesType(stringsOf(domainname), 'DOMAIN'),
}

function makesTable({ relation, if_not_exists, oncommit }: CreateStmt): Made | undefined {
  const goesBySelf = relation?.relpersistence === 't' && oncommit === 'ONCOMMIT_DROP'
  if (if_not_exists || goesBySelf || !relation) return undefined
  return {
    key: `OBJECT_TABLE:${relationKey(relation)}`,
    shown: `CREATE TABLE ${showRelation(relation)}`,
    after: 'table',
  }
}

/** One without a name gets another name each time. */
function makesIndex({ idxname, relation, concurrent, if_not_exists }: IndexStmt): Made | undefined {
  if (if_not_exists || idxname === undefined) return undefined
  const schema = relation?.schemaname ?? 'public'
  const shown = `CREATE INDEX ${showName([idxname])}`
  return { key: `OBJECT_INDEX:${schema}.${idxname}`, shown, ...(concurrent ? {} : { after: 'index' }) }
}

function makesType(name: readonly string[], kind: 'TYPE' | 'DOMAIN' = 'TYPE'): Made {
  return { key: `OBJECT_${kind}:${keyOf(name)}`, shown: `CREATE ${kind} ${showName(name)}` }
}

/** The name as `relationKey` has it. */
export function keyOf(name: readonly string[]): string {
  return name.length > 1 ? name.join('.') : `public.${name[0] ?? ''}`
}
