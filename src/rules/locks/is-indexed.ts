import type { KnownRelation } from '../known/known.js'

/** Whether an index that the files tell of uses a column; one on an expression may. */
export function isIndexed(relation: KnownRelation | undefined, column: string): boolean {
  return (relation?.indexes ?? []).some(({ columns }) =>
    columns.some((each) => each === undefined || each === column),
  )
}
