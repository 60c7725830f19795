import type { Edit, Fix } from '../model/finding.js'
import { positionOf } from './position.js'

/** A fix with what people and other programs need of it: where its edits lie, and how the lines read after them. */
export function placeFix(text: string, fix: Fix): Fix {
  if (fix.edits.length === 0) return fix
  const edits = fix.edits.map((edit) => ({ ...edit, position: positionOf(text, edit.span) }))
  return { ...fix, edits, preview: previewOf(text, edits) }
}

/** More lines than a person compares by eye. */
const MOST_LINES = 20
const LONGEST = 4000

function previewOf(text: string, edits: readonly Edit[]): string {
  const first = edits[0] as Edit
  const last = edits.at(-1) as Edit
  const start = lineStart(text, first.span.start)
  const end = lineEnd(text, Math.max(last.span.end, start))
  let at = start
  let fixed = ''
  for (const { span, text: added } of edits) {
    fixed += text.slice(at, span.start) + added
    at = span.end
  }
  return cutLines(fixed + text.slice(at, end))
}

function lineStart(text: string, offset: number): number {
  if (offset === 0) return 0
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = /[\r\n]/g
  end.lastIndex = offset
  return end.exec(text)?.index ?? text.length
}

function cutLines(preview: string): string {
  const lines = preview.trimEnd().split(/\r\n|\r|\n/)
  const kept = lines.slice(0, MOST_LINES).join('\n')
  if (kept.length <= LONGEST && lines.length <= MOST_LINES) return kept
  return `${kept.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}\n…`
}
