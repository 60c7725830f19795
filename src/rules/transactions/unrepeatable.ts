import type { DropStmt, ObjectType } from '@pgsql/types'
import { relationKey, showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { droppedName } from '../known/learn-drop.js'
import type { JudgedFile, Seen } from '../rule.js'
import { insertedAfter, type Unrepeatable } from './inserted-after.js'
import { clearedByCommand, unrepeatableCommands } from './unrepeatable-commands.js'
import { keyOf, type Made, whatItMakes } from './what-it-makes.js'

/** What in a statement of a file fails when it is run again. What an earlier DROP … IF EXISTS clears away can be made. */
export function unrepeatable(file: JudgedFile, index: number): readonly Unrepeatable[] {
  const known = FOUND.get(file) ?? findAll(file)
  FOUND.set(file, known)
  return known[index] ?? []
}

const FOUND = new WeakMap<JudgedFile, readonly (readonly Unrepeatable[])[]>()

function findAll(file: JudgedFile): readonly (readonly Unrepeatable[])[] {
  const cleared = new Set<string>()
  return file.statements.map((statement) => {
    if (statement.within !== 'file') return []
    for (const key of clearedByAlter(statement)) cleared.add(key)
    const found = findIn(statement, file.file.text, (key) => cleared.delete(key))
    for (const key of clearedByDrop(statement)) cleared.add(key)
    return found
  })
}

function findIn(statement: Seen, text: string, isCleared: (key: string) => boolean): Unrepeatable[] {
  if (statement.node === 'AlterTableStmt') return unrepeatableCommands(statement, text, isCleared)
  const made = whatItMakes(statement)
  if (made) return isCleared(made.key) ? [] : [failsToMake(made, statement, text)]
  const drop = treeAs(statement, 'DropStmt')
  if (drop) return drop.missing_ok ? [] : [failsToDrop(drop, statement, text)]
  const what = otherwise(statement)
  const help = 'Put it into a migration that has no other statement, or that runs in a transaction.'
  return what === undefined ? [] : [{ message: `${what} fails when it is run again.`, help }]
}

function otherwise(statement: Seen): string | undefined {
  const rename = treeAs(statement, 'RenameStmt')
  if (rename) return rename.relation ? `RENAME of ${showRelation(rename.relation)}` : 'RENAME'
  const { newVal, oldVal, skipIfNewValExists, typeName } = treeAs(statement, 'AlterEnumStmt') ?? {}
  if (newVal === undefined || skipIfNewValExists) return undefined
  return `ALTER TYPE ${showName(stringsOf(typeName))} ${oldVal === undefined ? 'ADD' : 'RENAME'} VALUE`
}

function failsToMake({ shown, after, orReplace }: Made, { span }: Seen, text: string): Unrepeatable {
  const message = `${shown} fails when it is run again.`
  if (orReplace)
    return { message, help: 'Write CREATE OR REPLACE.', ...insertedAfter(text, span, 'create', 'or replace') }
  if (after !== undefined)
    return { message, help: 'Write IF NOT EXISTS.', ...insertedAfter(text, span, after, 'if not exists') }
  const kind = shown.split(' ')[1] ?? ''
  const concurrently = kind === 'INDEX' ? ' CONCURRENTLY' : ''
  return { message, help: `Write DROP ${kind}${concurrently} IF EXISTS before it.` }
}

function failsToDrop(drop: DropStmt, { span }: Seen, text: string): Unrepeatable {
  const kind = (drop.removeType ?? 'OBJECT_TABLE').slice('OBJECT_'.length)
  const words = kind.replace('MATVIEW', 'MATERIALIZED VIEW').replaceAll('_', ' ')
  const after = drop.concurrent ? 'concurrently' : (words.split(' ').at(-1) ?? '').toLowerCase()
  const names = (drop.objects ?? []).map((each) => showName(droppedName(each)))
  return {
    message: `DROP ${words} ${names.join(', ')} fails when it is run again.`,
    help: 'Write IF EXISTS.',
    ...insertedAfter(text, span, after, 'if exists'),
  }
}

function clearedByDrop(statement: Seen): string[] {
  const { removeType = 'OBJECT_TABLE', missing_ok, objects = [] } = treeAs(statement, 'DropStmt') ?? {}
  return missing_ok
    ? objects.map((each) => `${removeType}:${keyOfDropped(removeType, droppedName(each))}`)
    : []
}

function keyOfDropped(type: ObjectType, name: readonly string[]): string {
  if (type === 'OBJECT_SCHEMA' || type === 'OBJECT_EXTENSION') return name.join('.')
  const isOnTable = type === 'OBJECT_TRIGGER' || type === 'OBJECT_POLICY'
  return isOnTable ? `${keyOf(name.slice(0, -1))}.${name.at(-1)}` : keyOf(name)
}

function clearedByAlter(statement: Seen): string[] {
  const { relation, cmds = [] } = treeAs(statement, 'AlterTableStmt') ?? {}
  return cmds.flatMap((node) => {
    const [kind, name] = clearedByCommand(nodeAs(node, 'AlterTableCmd') ?? {})?.split(/:(.*)/s) ?? []
    return kind === undefined ? [] : [`${kind}:${relationKey(relation ?? {})}.${name}`]
  })
}
