import type { Placeholder } from '../model/substitute.js'

/**
 * The text as the parser can read it: in place of each `${NAME}` a literal or a quoted name of the same length, so that
 * every position is the file's. What stands there says `$NAME`, and is never sent.
 */
export function standIn(text: string, placeholders: readonly Placeholder[]): string {
  if (placeholders.length === 0) return text
  const parts: string[] = []
  let from = 0
  for (const { start, end, name, as } of placeholders) {
    const quote = as === 'literal' ? "'" : '"'
    parts.push(text.slice(from, start), `${quote}$${name}${quote}`)
    from = end
  }
  return parts.join('') + text.slice(from)
}
