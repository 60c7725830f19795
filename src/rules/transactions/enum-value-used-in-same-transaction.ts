import type { A_Const, TypeCast } from '@pgsql/types'
import { relationKey, showName } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'
import { everywhere } from '../everywhere.js'
import type { Context, JudgedFile, Rule, Seen } from '../rule.js'
import { type Transaction, transactionsOf } from '../transactions-of.js'

export const enumValueUsedInSameTransaction: Rule = {
  id: 'enum-value-used-in-same-transaction',
  group: 'transactions',
  title: 'A new value of an enum, used before it is committed',
  why: 'The server refuses it (55P04, unsafe use of new value), and the whole transaction is undone. From PostgreSQL 17 on it is allowed where the transaction makes the type too.',
  instead: `Add the value in a migration of its own, before the one that uses it:

\`\`\`sql
alter type mood add value 'calm';
\`\`\`

\`\`\`sql
update people set mood = 'calm' where mood is null;
\`\`\``,
  levels: everywhere('block'),
  examples: {
    bad: [
      "alter type mood add value 'calm'; update people set feels = 'calm'::mood;",
      "alter type mood add value 'calm'; alter table people alter column feels set default 'calm';",
    ],
    good: [
      { sql: ["alter type mood add value 'calm';", "update people set feels = 'calm'::mood;"] },
      "alter type mood add value 'calm'; update people set note = 'calm'::text;",
      {
        sql: "create type mood as enum ('a'); alter type mood add value 'b'; select 'b'::mood;",
        postgres: 17,
      },
    ],
  },
  *check(statement, context) {
    if (statement.within === 'function' || !USES.has(statement.node)) return
    const added = addedIn(context)
    if (added.size === 0) return
    const used = usedValue(statement, added, context)
    if (!used) return
    const { value, type, constant, isSure } = used
    const start = constant.location === undefined ? undefined : statement.offsetOf(constant.location)
    const { text } = context.file.file
    const literal = start === undefined ? '' : text.slice(start, start + value.length + 2)
    const isThere = literal === `'${value}'`
    yield {
      message: `The value ${show(value)} of ${showName(type)} can not be used in the transaction that adds it.`,
      help: isSure
        ? 'Add the value in a migration of its own, before this one.'
        : 'Add the value in a migration of its own, before this one; where the text is of another type, cast it: ::text.',
      ...(isThere && start !== undefined ? { span: { start, end: start + literal.length } } : {}),
      ...(isSure ? {} : { levels: everywhere('warn') }),
    }
  },
}

interface Added {
  readonly index: number
  readonly type: readonly string[]
  /** The type itself is made in the same transaction. */
  readonly withType: boolean
}

/** Values that the transaction adds, by value: each where it is added first. */
function addedIn({ file, index }: Context): ReadonlyMap<string, Added> {
  const added = ADDED.get(file) ?? findAdded(file)
  ADDED.set(file, added)
  return added.get(transactionsOf(file)[index]) ?? NOTHING
}

type ByTransaction = ReadonlyMap<Transaction | undefined, ReadonlyMap<string, Added>>

const NOTHING: ReadonlyMap<string, Added> = new Map()
const ADDED = new WeakMap<JudgedFile, ByTransaction>()

function findAdded(file: JudgedFile): ByTransaction {
  const transactions = transactionsOf(file)
  const made = new Map<string, Transaction | undefined>()
  const found = new Map<Transaction | undefined, Map<string, Added>>()
  for (const [index, statement] of file.statements.entries()) {
    const transaction = transactions[index]
    const create = treeAs(statement, 'CreateEnumStmt')
    if (create) made.set(stringsOf(create.typeName).join('.'), transaction)
    const { typeName, newVal: value, oldVal } = treeAs(statement, 'AlterEnumStmt') ?? {}
    if (value === undefined || oldVal !== undefined || statement.within === 'function') continue
    const type = stringsOf(typeName)
    const values = found.get(transaction) ?? new Map<string, Added>()
    const added = { index, type, withType: made.get(type.join('.')) === transaction }
    found.set(transaction, values.has(value) ? values : values.set(value, added))
  }
  return found
}

/** What asks the server for the value as the statement runs; a name in a comment or a body does not. */
const USES = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'AlterTableStmt',
  'CreateStmt',
  'CreateTableAsStmt',
  'ViewStmt',
  'IndexStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'CreateDomainStmt',
  'AlterDomainStmt',
])

interface Used {
  readonly value: string
  readonly type: readonly string[]
  readonly constant: A_Const
  /** It is cast to the type; else it is a text like it, whose type only the catalog knows. */
  readonly isSure: boolean
}

function usedValue(
  statement: Seen,
  added: ReadonlyMap<string, Added>,
  { known, index, postgres }: Context,
): Used | undefined {
  const columnsOfType = enumColumn(statement, known)
  let cast: TypeCast | undefined
  for (const { node, tree } of walkTree(statement.tree)) {
    if (node === 'TypeCast') cast = nodeAs({ [node]: tree }, 'TypeCast')
    const constant = node === 'A_Const' ? nodeAs({ [node]: tree }, 'A_Const') : undefined
    const value = constant?.sval?.sval
    const from = value === undefined ? undefined : added.get(value)
    if (!constant || value === undefined || !from || from.index > index) continue
    if (from.withType && postgres >= 17) continue
    const { type } = from
    const name =
      nodeAs(cast?.arg, 'A_Const') === constant ? stringsOf(cast?.typeName?.names).at(-1) : undefined
    if (name !== undefined && name !== type.at(-1)) continue
    if (name === undefined && columnsOfType === false) continue
    return { value, type, constant, isSure: name !== undefined }
  }
  return undefined
}

/** False: the files tell all columns of the table that is written to, and none is of a type that they do not know. */
function enumColumn(statement: Seen, known: Context['known']): boolean {
  const { relation } = statement.tree as { readonly relation?: { schemaname?: string; relname?: string } }
  const table = relation && known.relations.get(relationKey(relation))
  if (!table || statement.node === 'CreateStmt') return true
  return [...table.columns.values()].some(({ type }) => type === undefined || !PLAIN.test(type))
}

const PLAIN =
  /^(text|varchar|bpchar|int[248]|bool|numeric|float[48]|date|timestamp|timestamptz|time|timetz|uuid|jsonb?|bytea|interval)\b/

function show(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
