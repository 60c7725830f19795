import type { Edit, Fix } from '../model/finding.js'

/** A text after its fixes. */
export interface Fixed {
  readonly text: string
  readonly applied: readonly Fix[]
  /** Those that touch what another changes: whoever judges again sees whether they are still needed. */
  readonly left: readonly Fix[]
}

/** Carries out fixes of one text together, each whole or not at all. What they add gets the text's line ends. */
export function applyFixes(text: string, fixes: readonly Fix[]): Fixed {
  // In the order of the text: none overlaps another.
  const accepted: Edit[] = []
  const applied: Fix[] = []
  const left: Fix[] = []
  for (const fix of fixes) {
    // Two findings may ask for the very same: one line at the top of the file.
    const wanted = fix.edits.filter((edit) => !touching(accepted, edit).some((other) => isSame(edit, other)))
    if (wanted.some((edit) => touching(accepted, edit).some((other) => overlap(edit, other)))) left.push(fix)
    else {
      for (const edit of wanted) accepted.splice(placeOf(accepted, edit), 0, edit)
      applied.push(fix)
    }
  }
  return { text: rewrite(text, accepted), applied, left }
}

/** Those that begin or end where the edit does, or lie across it. */
function touching(accepted: readonly Edit[], { span }: Edit): Edit[] {
  const found: Edit[] = []
  let at = firstAt(accepted, (each) => each.span.end >= span.start)
  for (let each = accepted[at]; each && each.span.start <= span.end; each = accepted[++at]) found.push(each)
  return found
}

function placeOf(accepted: readonly Edit[], { span }: Edit): number {
  return firstAt(accepted, (each) => each.span.start > span.start || each.span.end > span.end)
}

/** The index of the first that holds, where all behind it do; a file may have thousands of fixes. */
function firstAt(edits: readonly Edit[], holds: (edit: Edit) => boolean): number {
  let [low, high] = [0, edits.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(edits[middle] as Edit)) high = middle
    else low = middle + 1
  }
  return low
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text
}

/** Additions at one place are in no order; beside a change there is no question. */
function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start
  return a.start < b.end && b.start < a.end
}

/** @param edits in the order of the text */
function rewrite(text: string, edits: readonly Edit[]): string {
  const returns = /\r\n/.test(text)
  let result = ''
  let at = 0
  for (const { span, text: added } of edits) {
    result += text.slice(at, span.start) + (returns ? added.replace(/\r?\n/g, '\r\n') : added)
    at = span.end
  }
  return result + text.slice(at)
}
