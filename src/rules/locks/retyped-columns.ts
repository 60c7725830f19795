import type { AlterTableCmd, ColumnDef } from '@pgsql/types'
import type { AlterCommand } from '../../sql/alter-commands.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { typeName } from '../../sql/type-name.js'
import type { KnownRelation, KnownType } from '../known/known.js'
import type { Context, Seen } from '../rule.js'
import { isChecked } from './is-checked.js'
import { commandsOnOldTables } from './old-tables.js'
import { type TypeChange, weighTypeChange } from './weigh-type-change.js'

/** A column of a table that was there before, whose type a statement changes. */
export interface RetypedColumn extends AlterCommand {
  readonly name: string
  /** As messages show them. */
  readonly column: string
  readonly table: string
  /** The type it has, where the files tell. */
  readonly from?: string
  readonly to: string
  /** How the new value is made: of the old one alone, by a cast that is written out, or by some other expression. */
  readonly using: 'itself' | 'cast' | 'expression'
  readonly collates: boolean
  readonly known: KnownRelation | undefined
  /** All commands of the statement. */
  readonly siblings: readonly AlterTableCmd[]
  /** What the change costs, where that can be told. */
  readonly cost?: TypeChange
}

/** The ALTER COLUMN … TYPE of a statement. */
export function retypedColumns(statement: Seen, context: Context): RetypedColumn[] {
  const commands = commandsOnOldTables(statement, context)
  const siblings = commands.map(({ command }) => command)
  return commands.flatMap((command) => {
    const { name = '', subtype, def } = command.command
    const definition = nodeAs(def, 'ColumnDef')
    const to = typeName(definition?.typeName)
    if (subtype !== 'AT_AlterColumnType' || !definition || to === undefined) return []
    const known = context.known.relation(command.relation)
    const from = known?.columns.get(name)?.type
    const using = usingOf(definition, name, to)
    const cost = using === 'expression' ? 'rewrite' : costOf(from, to, context)
    return {
      ...command,
      name,
      column: showName([name]),
      table: showRelation(command.relation),
      to,
      using,
      collates: definition.collClause !== undefined,
      known,
      siblings,
      ...(from === undefined ? {} : { from }),
      ...(cost === undefined ? {} : { cost }),
    }
  })
}

function usingOf({ raw_default: value }: ColumnDef, name: string, to: string): RetypedColumn['using'] {
  if (value === undefined || isColumn(value, name)) return 'itself'
  const cast = nodeAs(value, 'TypeCast')
  return isColumn(cast?.arg, name) && typeName(cast?.typeName) === to ? 'cast' : 'expression'
}

function isColumn(value: unknown, name: string): boolean {
  return stringsOf(nodeAs(value, 'ColumnRef')?.fields).at(-1) === name
}

function costOf(from: string | undefined, to: string, { known, postgres }: Context): TypeChange | undefined {
  if (from === undefined) return undefined
  const [old, next] = [from, to].map((name) => known.type(name.split('.')))
  if (from === to) return 'free'
  // Values are checked for each row, and the server writes what it checks.
  if (next && (next.kind === 'enum' || isChecked(next.definition))) return 'rewrite'
  if (old?.kind === 'enum') return 'rewrite'
  return weighTypeChange(plain(old) ?? from, plain(next) ?? to, postgres)
}

/** What a domain is made from. */
function plain(type: KnownType | undefined): string | undefined {
  return typeName(type?.definition?.typeName)
}
