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
  const accepted: Edit[] = []
  const applied: Fix[] = []
  const left: Fix[] = []
  for (const fix of fixes) {
    // Two findings may ask for the very same: one line at the top of the file.
    const wanted = fix.edits.filter((edit) => !accepted.some((other) => isSame(edit, other)))
    if (wanted.some((edit) => accepted.some((other) => overlap(edit, other)))) left.push(fix)
    else {
      accepted.push(...wanted)
      applied.push(fix)
    }
  }
  return { text: rewrite(text, accepted), applied, left }
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text
}

/** Additions at one place are in no order; beside a change there is no question. */
function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start
  return a.start < b.end && b.start < a.end
}

function rewrite(text: string, edits: readonly Edit[]): string {
  const returns = /\r\n/.test(text)
  let result = ''
  let at = 0
  const inOrder = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  for (const { span, text: added } of inOrder) {
    result += text.slice(at, span.start) + (returns ? added.replace(/\r?\n/g, '\r\n') : added)
    at = span.end
  }
  return result + text.slice(at)
}
