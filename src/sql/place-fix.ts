import type { Edit, Fix } from '../model/finding.js'
import { lineSpan, positionAt, positionOf } from './position.js'

/**
 * A fix with what people and other programs need of it: where its edits lie, and how the lines read after them, if
 * anything is left of them.
 *
 * @param visible the text with what nobody may read hidden; its positions are the same
 */
export function placeFix(text: string, fix: Fix, visible = text): Fix {
  if (fix.edits.length === 0) return fix
  const edits = fix.edits.map((edit) => ({ ...edit, position: positionOf(text, edit.span) }))
  const preview = previewOf(text, edits, visible)
  return { ...fix, edits, ...(preview === '' ? {} : { preview }) }
}

/** More lines than a person compares by eye. */
const MOST_LINES = 20
const LONGEST = 4000
/** What is shown around the edits in a line that is longer than all of a preview may be. */
const NEAR = 200

function previewOf(text: string, edits: readonly Edit[], visible: string): string {
  const first = edits[0] as Edit
  const last = edits.at(-1) as Edit
  const start = startNear(text, first.span.start)
  const end = takesWholeLines(text, last) ? last.span.end : endNear(text, Math.max(last.span.end, start))
  let at = start
  let fixed = ''
  // There can be thousands of fixes in a large file, and what is between two edits the whole of it.
  for (const { span, text: added } of edits) {
    if (fixed.length > LONGEST) break
    fixed += visible.slice(at, Math.min(span.start, at + LONGEST + 1)) + added
    at = span.end
  }
  return cutLines(fixed + visible.slice(at, Math.min(end, at + LONGEST + 1)))
}

/** What follows is a line of its own, which nobody touched. */
function takesWholeLines(text: string, { span, text: added }: Edit): boolean {
  const isLine = span.start === 0 || LINE_END.test(text.charAt(span.start - 1))
  return isLine && span.end > span.start && LINE_END.test(text.charAt(span.end - 1)) && added === ''
}

const LINE_END = /^[\r\n]$/

function startNear(text: string, offset: number): number {
  const { start, end } = lineSpan(text, positionAt(text, offset).line)
  return end - start <= LONGEST ? start : wholeFrom(text, Math.max(start, offset - NEAR))
}

function endNear(text: string, offset: number): number {
  const { start, end } = lineSpan(text, positionAt(text, offset).line)
  return end - start <= LONGEST ? end : wholeFrom(text, Math.min(end, offset + NEAR))
}

/** Not in the middle of a character. */
function wholeFrom(text: string, offset: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(offset)) ? offset - 1 : offset
}

function cutLines(preview: string): string {
  const lines = preview.trimEnd().split(/\r\n|\r|\n/)
  const kept = lines.slice(0, MOST_LINES).join('\n')
  if (kept.length <= LONGEST && lines.length <= MOST_LINES) return kept
  return `${kept.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}\n…`
}
