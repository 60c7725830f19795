import { byUrl } from './by-url/by-url.js'
import { fromBinaries } from './from-binaries/from-binaries.js'
import { pglite } from './pglite/pglite.js'
import type { ShadowKind } from './shadow.js'

/** In order of preference: what was given, what is most like the target, what is always there. */
export type ShadowKindName = 'by-url' | 'from-binaries' | 'pglite'

/** To add one: a folder with a `ShadowKind`, its name above, its place in the order here. */
export const SHADOW_KINDS = {
  'by-url': byUrl,
  'from-binaries': fromBinaries,
  pglite,
} as const satisfies Record<ShadowKindName, ShadowKind>
