import type { RangeVar } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { dataChanges } from '../../sql/data-changes.js'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from '../../sql/tree.js'
import { droppedName } from '../known/learn-drop.js'
import type { Seen } from '../rule.js'

/** What a statement changes, by name: a relation, or a function or type in a schema. */
export interface Written {
  readonly schema?: string
  readonly name: string
  /** `INSERT INTO`, `ALTER`; for a message. */
  readonly by: string
  readonly span: Span
}

/** What a statement writes to, makes, alters or drops, with the schema where one is written. */
export function* writtenRelations(statement: Seen, text: string): Generator<Written> {
  const { span } = statement
  for (const { kind, tree, span: place } of dataChanges(statement, text))
    if (tree.relation) yield { ...placed(tree.relation), by: BY[kind], span: place }
  const found = WRITERS[statement.node as NodeKind]?.(statement.tree as never) ?? []
  for (const [by, where] of found) if (where !== undefined) yield { ...placed(where), by, span }
}

const BY = { insert: 'INSERT', update: 'UPDATE', delete: 'DELETE' }

type Place = RangeVar | readonly string[] | undefined
type Writers = { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>) => readonly (readonly [string, Place])[] }

const WRITERS: Writers = {
  MergeStmt: ({ relation }) => [['MERGE', relation]],
  TruncateStmt: ({ relations = [] }) => relations.map((node) => ['TRUNCATE', nodeAs(node, 'RangeVar')]),
  CopyStmt: ({ relation, is_from }) => (is_from ? [['COPY', relation]] : []),
  CreateStmt: ({ relation }) => [['CREATE TABLE', relation]],
  CreateForeignTableStmt: ({ base }) => [['CREATE FOREIGN TABLE', base?.relation]],
  CreateTableAsStmt: ({ into }) => [['CREATE TABLE AS', into?.rel]],
  CreateSeqStmt: ({ sequence }) => [['CREATE SEQUENCE', sequence]],
  ViewStmt: ({ view }) => [['CREATE VIEW', view]],
  IndexStmt: ({ relation }) => [['CREATE INDEX', relation]],
  RuleStmt: ({ relation }) => [['CREATE RULE', relation]],
  AlterTableStmt: ({ relation }) => [['ALTER', relation]],
  RenameStmt: ({ relation }) => [['RENAME', relation]],
  AlterObjectSchemaStmt: ({ relation, newschema = '' }) => [
    ['SET SCHEMA', relation],
    ['SET SCHEMA', relation ? [newschema, relation.relname ?? ''] : undefined],
  ],
  CreateTrigStmt: ({ relation }) => [['CREATE TRIGGER', relation]],
  CreatePolicyStmt: ({ table }) => [['CREATE POLICY', table]],
  AlterPolicyStmt: ({ table }) => [['ALTER POLICY', table]],
  CreateFunctionStmt: ({ funcname }) => [['CREATE FUNCTION', stringsOf(funcname)]],
  AlterFunctionStmt: ({ func }) => [['ALTER FUNCTION', stringsOf(func?.objname)]],
  CreateEnumStmt: ({ typeName }) => [['CREATE TYPE', stringsOf(typeName)]],
  AlterEnumStmt: ({ typeName }) => [['ALTER TYPE', stringsOf(typeName)]],
  CreateDomainStmt: ({ domainname }) => [['CREATE DOMAIN', stringsOf(domainname)]],
  CompositeTypeStmt: ({ typevar }) => [['CREATE TYPE', typevar]],
  DropStmt({ removeType = '', objects = [] }) {
    if (removeType === 'OBJECT_SCHEMA')
      return objects.map((node) => ['DROP SCHEMA', [...droppedName(node), '']])
    const ofTable = OF_TABLES.get(removeType)
    return objects.map((node) => {
      const parts = droppedName(node)
      return [ofTable ?? 'DROP', ofTable === undefined ? parts : parts.slice(0, -1)]
    })
  },
}

const OF_TABLES = new Map<string, string>([
  ['OBJECT_POLICY', 'DROP POLICY'],
  ['OBJECT_TRIGGER', 'DROP TRIGGER'],
  ['OBJECT_RULE', 'DROP RULE'],
])

function placed(place: RangeVar | readonly string[]): { schema?: string; name: string } {
  if (!('length' in place)) {
    const { schemaname, relname = '' } = place
    return schemaname === undefined ? { name: relname } : { schema: schemaname, name: relname }
  }
  const [name = '', schema] = place.toReversed()
  return schema === undefined ? { name } : { schema, name }
}
