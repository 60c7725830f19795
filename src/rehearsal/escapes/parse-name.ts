import type { Name } from '../../model/reach.js'
import { foldName } from '../../sql/fold-name.js'

/** A name in a text as `regclass` reads it: `public."My Seq"`. Undefined for what is none. */
export function parseName(text: string): Name | undefined {
  if (
    !/^[ \t-\r]*(?:"(?:[^"]|"")+"|[^ \t-\r".]+)(?:[ \t-\r]*\.[ \t-\r]*(?:"(?:[^"]|"")+"|[^ \t-\r".]+))*[ \t-\r]*$/.test(
      text,
    )
  )
    return undefined
  return (text.match(/"(?:[^"]|"")+"|[^ \t-\r".]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : foldName(part),
  )
}
