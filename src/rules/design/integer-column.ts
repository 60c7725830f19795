import type { Fix } from '../../model/finding.js'
import { showName, showRelation } from '../../sql/relation-name.js'
import { type TypedColumn, typedColumns } from '../../sql/typed-columns.js'
import type { Context, Hit, Seen } from '../rule.js'

/** Types of whole numbers that end too soon, each with the one that does not. */
export type Wider = ReadonlyMap<string, 'bigint' | 'bigserial'>

/**
 * Columns of such a type. A new column can be made wide at once; of an old one the wider type rewrites the table.
 *
 * @param last the largest number, as a message shows it
 */
export function* narrowIntegers(
  statement: Seen,
  { file }: Context,
  wider: Wider,
  { shown, last }: { readonly shown: string; readonly last: string },
): Generator<Hit> {
  for (const column of typedColumns(statement, file.file.text)) {
    const wide = wider.get(column.type)
    if (wide === undefined) continue
    const fix = fixOf(column, wide)
    yield {
      message: `Column ${showName([column.name])} of ${showRelation(column.relation)} is ${shown}, which ends at ${last}.`,
      help: `Write ${wide}.`,
      span: column.span,
      ...(fix ? { fix } : {}),
    }
  }
}

function fixOf({ how, definition, typeSpan }: TypedColumn, wide: string): Fix | undefined {
  // There is no array of serial.
  const refused = wide === 'bigserial' && definition.typeName?.arrayBounds
  if (how === 'alter-type' || refused) return undefined
  return { title: `Make it ${wide}`, edits: [{ span: typeSpan, text: wide }] }
}
