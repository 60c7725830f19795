import type { RunnableMigration } from '../model/plan.js'
import type { Span } from '../model/position.js'
import type { Placeholder } from '../model/substitute.js'

/** A part of a migration as it is sent. */
export interface Filled {
  readonly sql: string
  /** Where what is sent has another length than what the file has; in order. UTF-16 offsets from the part's begin. */
  readonly shifts: readonly Shift[]
}

export interface Shift {
  readonly sent: Span
  readonly file: Span
}

/**
 * Puts the values in place of what stands in for them. A value is not looked at again: `${OTHER}` in it stays. What was
 * blanked out of the text stays so.
 *
 * @param part of the migration's text, of which positions are the file's
 * @param start where it begins in the file
 */
export function fillIn(
  part: string,
  start: number,
  { placeholders = [], fills }: Pick<RunnableMigration, 'placeholders' | 'fills'>,
): Filled {
  const shifts: Shift[] = []
  const parts: string[] = []
  let from = 0
  let length = 0
  for (let index = firstFrom(start, placeholders); index < placeholders.length; index++) {
    const placeholder = placeholders[index] as Placeholder
    const file = { start: placeholder.start - start, end: placeholder.end - start }
    if (file.end > part.length) break
    if (/\s/.test(part[file.start] ?? ' ')) continue
    const value = fills?.[index]
    if (value === undefined) throw new Error(`The value of ${placeholder.name} is not known.`)
    parts.push(part.slice(from, file.start), value)
    length += file.start - from
    shifts.push({ sent: { start: length, end: length + value.length }, file })
    length += value.length
    from = file.end
  }
  return { sql: parts.length === 0 ? part : parts.join('') + part.slice(from), shifts }
}

/** The index of the first that begins there or behind: they stand in order, and none overlaps another. */
function firstFrom(start: number, placeholders: readonly Placeholder[]): number {
  let low = 0
  let high = placeholders.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((placeholders[middle] as Placeholder).start < start) low = middle + 1
    else high = middle
  }
  return low
}

/** From an offset in what was sent to the stretch of the part that it stands for. */
export function unfilled(offset: number, shifts: readonly Shift[]): Span {
  let moved = 0
  for (const { sent, file } of shifts) {
    if (offset < sent.start) break
    if (offset < sent.end) return file
    moved = file.end - sent.end
  }
  return { start: offset + moved, end: offset + moved + 1 }
}
