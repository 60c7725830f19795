import type { Levels } from '../../model/judging.js'
import type { RelationSize } from '../../model/measured.js'

/** What a size means. */
export interface Scale {
  /** On the target, by relation. */
  readonly sizes: ReadonlyMap<string, RelationSize>
  /** From so many bytes on a table is large. */
  readonly largeBytes: number
  /** Names of tables that are large whatever is measured: `orders`, `billing.invoices`. */
  readonly bigTables: readonly string[]
}

/**
 * What it means that a statement goes through whole relations while others wait: nothing in development, a warning
 * before production, and there it depends on the size. One level less where all of them are empty.
 */
export function weighWork(relations: readonly string[], scale: Scale): Levels {
  if (relations.length > 0 && relations.every((relation) => isEmpty(scale.sizes.get(relation))))
    return { development: 'off', staging: 'notice', production: 'notice' }
  const isLarge =
    relations.some((relation) => isBig(relation, scale)) || bytesOf(relations, scale) >= scale.largeBytes
  return { development: 'notice', staging: 'warn', production: isLarge ? 'block' : 'warn' }
}

/** Of what is known. An index is a part of its table, and then both are not among them. */
function bytesOf(relations: readonly string[], { sizes }: Scale): number {
  return relations.reduce((sum, relation) => sum + (sizes.get(relation)?.bytes ?? 0), 0)
}

function isBig(relation: string, { bigTables }: Scale): boolean {
  const plain = relation.replaceAll('"', '')
  return bigTables.some((name) => plain === name || (!name.includes('.') && plain.endsWith(`.${name}`)))
}

/** No row, and no more pages than its indexes have from the beginning. */
function isEmpty(size: RelationSize | undefined): boolean {
  return size?.rows === 0 && size.bytes !== null && size.bytes < MOST_OF_EMPTY
}

const MOST_OF_EMPTY = 128 * 1024
