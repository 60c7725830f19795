import type { AlterTableCmd } from '@pgsql/types'
import { type AlterCommand, alterCommands } from '../../sql/alter-commands.js'
import { keywordIn } from '../../sql/keyword-in.js'
import { relationKey, showName } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'
import type { Seen } from '../rule.js'
import { insertedAfter, type Unrepeatable } from './inserted-after.js'

/**
 * The commands of an ALTER TABLE that fail when they are run again. SET NOT NULL, ENABLE ROW LEVEL SECURITY and others
 * that only say what is to hold do not.
 *
 * @param isCleared whether what a key stands for was cleared away by DROP … IF EXISTS; once
 */
export function unrepeatableCommands(
  statement: Seen,
  text: string,
  isCleared: (key: string) => boolean,
): Unrepeatable[] {
  return alterCommands(statement, { text }).flatMap((each) => {
    const found = FAILS[each.command.subtype ?? '']?.(each, text)
    if (
      !found ||
      (found.key !== undefined && isCleared(`${found.key[0]}:${relationKey(each.relation)}.${found.key[1]}`))
    )
      return []
    const { message, help, insert, insertAt } = found
    const place = each.of > 1 ? { span: each.span } : {}
    return [
      {
        message,
        help,
        ...place,
        ...(insert !== undefined && insertAt !== undefined ? { insert, insertAt } : {}),
      },
    ]
  })
}

/** What a command clears away, so that a later one can make it again. */
export function clearedByCommand({ subtype, name, missing_ok }: AlterTableCmd): string | undefined {
  const kind = missing_ok ? CLEARS[subtype ?? ''] : undefined
  return kind === undefined ? undefined : `${kind}:${name}`
}

const CLEARS: Readonly<Record<string, string>> = { AT_DropConstraint: 'constraint', AT_DropColumn: 'column' }

type Fails = (
  command: AlterCommand,
  text: string,
) => (Unrepeatable & { readonly key?: readonly [string, string] }) | undefined

const FAILS: Readonly<Record<string, Fails>> = {
  AT_AddColumn({ command, span }, text) {
    if (command.missing_ok) return undefined
    const name = nodeAs(command.def, 'ColumnDef')?.colname ?? ''
    const keyword = keywordIn(text, span, 'column') ? 'column' : 'add'
    return {
      key: ['column', name],
      message: `ADD COLUMN ${showName([name])} fails when it is run again.`,
      help: 'Write IF NOT EXISTS.',
      ...insertedAfter(text, span, keyword, 'if not exists'),
    }
  },
  AT_DropColumn: ({ command, span }, text) => drops('COLUMN', command, span, text),
  AT_DropConstraint: ({ command, span }, text) => drops('CONSTRAINT', command, span, text),
  AT_AddConstraint({ command }) {
    const { conname: name, contype } = nodeAs(command.def, 'Constraint') ?? {}
    if (name === undefined && contype !== 'CONSTR_PRIMARY') return undefined
    const shown = name === undefined ? 'PRIMARY KEY' : `CONSTRAINT ${showName([name])}`
    return {
      ...(name === undefined ? {} : { key: ['constraint', name] as const }),
      message: `ADD ${shown} fails when it is run again.`,
      help: 'Write DROP CONSTRAINT IF EXISTS before it.',
    }
  },
  AT_AddIdentity: () => again('ADD GENERATED AS IDENTITY'),
  AT_DropIdentity: ({ command }) =>
    command.missing_ok ? undefined : again('DROP IDENTITY', 'Write IF EXISTS.'),
  AT_DropExpression: ({ command }) =>
    command.missing_ok ? undefined : again('DROP EXPRESSION', 'Write IF EXISTS.'),
  AT_AttachPartition: () => again('ATTACH PARTITION'),
  AT_DetachPartition: () => again('DETACH PARTITION'),
  AT_AddInherit: () => again('INHERIT'),
  AT_DropInherit: () => again('NO INHERIT'),
}

function drops(
  kind: string,
  command: AlterTableCmd,
  span: AlterCommand['span'],
  text: string,
): Unrepeatable | undefined {
  if (command.missing_ok) return undefined
  const keyword = keywordIn(text, span, kind.toLowerCase()) ? kind.toLowerCase() : 'drop'
  return {
    message: `DROP ${kind} ${showName([command.name ?? ''])} fails when it is run again.`,
    help: 'Write IF EXISTS.',
    ...insertedAfter(text, span, keyword, 'if exists'),
  }
}

function again(what: string, help = 'Put it into a migration that has no other statement.'): Unrepeatable {
  return { message: `${what} fails when it is run again.`, help }
}
