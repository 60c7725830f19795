import type { RelationSize } from '../model/measured.js'
import type { Report } from '../model/report.js'
import { renderBytes } from './bytes.js'
import { renderQuantity } from './quantity.js'

/** Of the relations on the target, to be asked by name. */
export function sizesByRelation({ sizes }: Pick<Report, 'sizes'>): ReadonlyMap<string, RelationSize> {
  return new Map(sizes.map((size) => [size.relation, size]))
}

/** `3.2 GB, about 12,300,000 rows`; empty where nothing is known. */
export function describeSize(size: RelationSize | undefined): string {
  const { bytes = null, rows = null } = size ?? {}
  return [
    ...(bytes === null ? [] : [renderBytes(bytes)]),
    // The server's estimate is -1 for a table that was never analysed, and 0 for one it may know nothing of.
    ...(rows === null || rows < 1 ? [] : [`about ${renderQuantity(rows)} rows`]),
  ].join(', ')
}
