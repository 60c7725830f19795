import type { Finding } from '../../model/finding.js'

/** Whether a rehearsal may show that it is not so. What stops a run and is of this kind does not stop its rehearsal. */
export function isMeasurable({ claims = [] }: Finding): boolean {
  return claims.length > 0
}
