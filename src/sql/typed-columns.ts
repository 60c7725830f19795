import type { ColumnDef, CreateStmt, RangeVar } from '@pgsql/types'
import type { Span } from '../model/position.js'
import { alterCommands } from './alter-commands.js'
import { tokens } from './split-list.js'
import { nodeAs, stringsOf, treeAs } from './tree.js'

/** A column for which a statement writes a type. */
export interface TypedColumn {
  readonly relation: RangeVar
  readonly name: string
  /** As the server calls it, without modifiers and array bounds: `varchar`, `public.mood`. */
  readonly type: string
  readonly definition: ColumnDef
  readonly how: 'create-table' | 'add-column' | 'alter-type'
  /** From the column's name to the end of its type. */
  readonly span: Span
  /** The column's name as written, quotes included. */
  readonly nameText: string
  /** The type as written with its modifiers, without array bounds. */
  readonly typeSpan: Span
}

interface Where {
  readonly node: string
  readonly tree: object
  readonly span: Span
  offsetOf(location: number | undefined): number
}

/** The columns of CREATE TABLE, ADD COLUMN and ALTER COLUMN … TYPE. Not those of foreign tables, which follow their server. */
export function typedColumns(statement: Where, text: string): readonly TypedColumn[] {
  const known = read.get(statement.tree)
  if (known) return known
  const columns = readColumns(statement, text)
  read.set(statement.tree, columns)
  return columns
}

// A dozen rules ask.
const read = new WeakMap<object, readonly TypedColumn[]>()

function readColumns(statement: Where, text: string): TypedColumn[] {
  const created = treeAs(statement, 'CreateStmt')
  if (created) return fromTable(created, statement, text)
  return alterCommands(statement, { text }).flatMap(({ relation, objectType, command }) => {
    const how = HOW[command.subtype ?? '']
    const definition = nodeAs(command.def, 'ColumnDef')
    if (!how || !definition || objectType !== 'OBJECT_TABLE') return []
    const named = { ...definition, colname: definition.colname ?? command.name ?? '' }
    return makeColumn(relation, named, how, statement, text) ?? []
  })
}

const HOW: Readonly<Record<string, TypedColumn['how']>> = {
  AT_AddColumn: 'add-column',
  AT_AlterColumnType: 'alter-type',
}

function fromTable({ relation, tableElts = [] }: CreateStmt, statement: Where, text: string): TypedColumn[] {
  if (!relation) return []
  return tableElts.flatMap((element) => {
    const definition = nodeAs(element, 'ColumnDef')
    return (definition && makeColumn(relation, definition, 'create-table', statement, text)) ?? []
  })
}

function makeColumn(
  relation: RangeVar,
  definition: ColumnDef,
  how: TypedColumn['how'],
  { offsetOf, span }: Where,
  text: string,
): TypedColumn | undefined {
  const { typeName, location, colname = '' } = definition
  if (!typeName || typeName.pct_type) return undefined
  const start = offsetOf(location)
  const [first] = tokens(text, { start, end: span.end })
  const { typeSpan, end } = spansOfType(text, { start: offsetOf(typeName.location), end: span.end })
  const parts = stringsOf(typeName.names)
  return {
    relation,
    name: colname,
    type: (parts[0] === 'pg_catalog' ? parts.slice(1) : parts).join('.'),
    definition,
    how,
    span: { start, end },
    nameText: text.slice(start, first?.end ?? start),
    typeSpan,
  }
}

/** Where a type that begins a stretch of text ends, without its array bounds and with them. */
function spansOfType(text: string, within: Span): { readonly typeSpan: Span; readonly end: number } {
  let typeEnd = within.start
  let end = within.start
  let depth = 0
  let before = ''
  for (const piece of tokens(text, within)) {
    const sign = text.slice(piece.start, piece.end).toLowerCase()
    const inBounds = end > typeEnd || BOUNDS.has(sign)
    if (depth === 0 && !(inBounds ? BOUNDS.has(sign) : goesOn(before, sign))) break
    if (sign === '(' || sign === '[') depth++
    if (sign === ')' || sign === ']') depth--
    if (!inBounds) typeEnd = piece.end
    end = piece.end
    before = sign
  }
  return { typeSpan: { start: within.start, end: typeEnd }, end }
}

const BOUNDS: ReadonlySet<string> = new Set(['[', 'array'])

function goesOn(before: string, sign: string): boolean {
  return before === '' || before === '.' || sign === '.' || sign === '(' || MORE.has(sign)
}

/** Words that go on with a type: `character varying`, `double precision`, `timestamp (3) with time zone`. */
const MORE: ReadonlySet<string> = new Set([
  'varying',
  'precision',
  'character',
  'char',
  'with',
  'without',
  'time',
  'zone',
])
