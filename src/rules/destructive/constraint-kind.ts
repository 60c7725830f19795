import type { AlterCommand } from '../../sql/alter-commands.js'
import type { Known, KnownConstraint } from '../known/known.js'

/**
 * What the constraint is that DROP CONSTRAINT names: as the files made it, else by the name that the server gives to one
 * without a name (`orders_pkey`). Undefined: the text does not tell.
 */
export function constraintKind(
  known: Known,
  { relation, command }: AlterCommand,
): KnownConstraint['kind'] | undefined {
  const { name = '' } = command
  const constraints = known.relation(relation)?.constraints ?? []
  const made =
    constraints.find((each) => each.name === name) ??
    constraints.find((each) => each.name === undefined && usualName(relation.relname, each) === name)
  return made?.kind ?? SUFFIXES.find(([suffix]) => name.endsWith(suffix))?.[1]
}

function usualName(table = '', { kind, columns }: KnownConstraint): string {
  const parts = kind === 'primary-key' ? [table] : [table, ...columns]
  return `${parts.join('_')}${ENDS[kind]}`
}

const ENDS: Readonly<Record<KnownConstraint['kind'], string>> = {
  'primary-key': '_pkey',
  unique: '_key',
  'foreign-key': '_fkey',
  check: '_check',
  exclusion: '_excl',
  'not-null': '_not_null',
}

const SUFFIXES = (Object.entries(ENDS) as [KnownConstraint['kind'], string][]).map(
  ([kind, suffix]) => [suffix, kind] as const,
)
