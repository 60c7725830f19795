import type { Span } from '../model/position.js'

/**
 * The text with signs in place of secrets: of the same length in UTF-16 and in characters, line ends where they were, so
 * that every position in it is the text's. The first two characters stay of a secret that is long enough to hide the rest.
 */
export function hideSecrets(text: string, secrets: readonly Span[]): string {
  const parts: string[] = []
  let from = 0
  for (const { start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    // What another secret reaches into has no beginning of its own to show.
    const rest = start < from ? signs(text.slice(from, end)) : hideSecret(text.slice(start, end))
    parts.push(text.slice(from, Math.max(start, from)), rest)
    from = Math.min(end, text.length)
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}

/** A secret as it may be shown. */
export function hideSecret(secret: string): string {
  const shown = secret.length < SHORTEST_SHOWN ? '' : (/^[!-~]{2}/.exec(secret)?.[0] ?? '')
  return shown + signs(secret.slice(shown.length))
}

/** Of a shorter one, two characters would be a good part. */
const SHORTEST_SHOWN = 8

function signs(text: string): string {
  return text.replace(/[^\r\n]/gu, signFor)
}

// A character that takes two units of UTF-16 gives way to another such.
function signFor(character: string): string {
  return character.length === 2 ? '\u{1f784}' : '*'
}
