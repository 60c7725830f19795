import { createHash } from 'node:crypto'
import type { SchemaDigest } from '../model/backup.js'

/** Whose an object is stands apart, so that a copy that belongs to somebody else can be compared all the same. */
export const OWNER_KIND = 'owner'

/**
 * The lines of a schema (`database/schema/schema-lines.ts`) by kind of object, the first field of each: which kind differs
 * tells more than that something does.
 */
export function digestSchema(lines: string): Record<string, SchemaDigest> {
  const kinds = new Map<string, string[]>()
  const add = (kind: string, line: string) => {
    const all = kinds.get(kind)
    if (all) all.push(line)
    else kinds.set(kind, [line])
  }
  for (const line of lines.split('\n').filter(Boolean)) {
    const [, fields = '', owner = '', rest = ''] = OWNED.exec(line) ?? [undefined, line]
    if (owner) add(OWNER_KIND, `${fields}${owner}`)
    add(line.slice(0, line.indexOf('\t')), `${fields}${rest}`)
  }
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, digestOf(all)]))
}

/** A definition begins with the owner, quoted where the name is not simple. */
const OWNED = /^([^\t]*\t[^\t]*\t[^\t]*\t)OWNER ("(?:[^"]|"")*"|\S+) ?(.*)$/

function digestOf(lines: readonly string[]): SchemaDigest {
  return { count: lines.length, sha256: createHash('sha256').update(lines.join('\n')).digest('hex') }
}
