import { createHash } from 'node:crypto'
import { type Canonical, canonicalJson } from './canonical-json.js'

/** `sha256:` and 64 lower-case hex digits, over the UTF-8 of the canonical JSON. */
export function sha256Json(value: Canonical): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`
}
