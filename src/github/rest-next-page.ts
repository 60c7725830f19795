/**
 * The path of the next page, from a `Link` header; undefined on the last one. A link to another server or out of the API
 * is none, for the token would follow it.
 */
export function nextPage(link: string | string[] | undefined, base: string): string | undefined {
  const text = Array.isArray(link) ? link.join(',') : (link ?? '')
  for (const [, target = '', attributes = ''] of text.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (!/;\s*rel="?next"?/.test(attributes) || !URL.canParse(target)) continue
    const { origin, pathname, search } = new URL(target)
    const address = new URL(base)
    const root = address.pathname.replace(/\/$/, '')
    if (origin !== address.origin || !pathname.startsWith(`${root}/`)) continue
    return pathname.slice(root.length) + search
  }
  return undefined
}
