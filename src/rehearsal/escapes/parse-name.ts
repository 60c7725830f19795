import type { Name } from '../../model/reach.js'

/** A name in a text as `regclass` reads it: `public."My Seq"`. Undefined for what is none. */
export function parseName(text: string): Name | undefined {
  if (!/^\s*(?:"(?:[^"]|"")+"|[^\s".]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[^\s".]+))*\s*$/.test(text))
    return undefined
  return (text.match(/"(?:[^"]|"")+"|[^\s".]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  )
}
