import type { NoShadow } from './open-shadow.js'
import type { ShadowKind, ShadowRequest } from './shadow.js'
import { SHADOW_KINDS } from './shadow-kinds.js'

/** Why there is no shadow to be had, as far as can be told without starting one; undefined where there is. */
export async function missShadow(
  request: ShadowRequest,
  kinds: readonly ShadowKind[] = Object.values(SHADOW_KINDS),
): Promise<NoShadow | undefined> {
  const why: string[] = []
  for (const kind of kinds) {
    const found = await kind.find(request)
    if (!('why' in found)) return undefined
    if (found.final) return { why: [found.why] }
    why.push(found.why)
  }
  return { why }
}
