import type { AppliedEntry } from '../model/plan-document.js'
import { sha256Json } from './sha256-json.js'

/**
 * `sha256:` over the canonical JSON of what is applied: an object of checksum and version for each, in the order of
 * {@link listApplied}. When, by whom and how long is not in it: a row that is written again as it was changes nothing.
 */
export function digestApplied(applied: readonly Pick<AppliedEntry, 'version' | 'checksum'>[]): string {
  return sha256Json(applied.map(({ version, checksum }) => ({ version, checksum })))
}
