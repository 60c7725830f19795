/** What canonical JSON is made of. Without numbers, whose spelling is the one hard part of it. */
export type Canonical =
  | string
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [name: string]: Canonical }

/**
 * The one spelling of a value, after RFC 8785: no white space, the names of each object in ascending order of UTF-16 code
 * units, text escaped only where JSON must.
 */
export function canonicalJson(value: Canonical): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value)
}
