import type { Approval } from '../model/permission.js'

/** Who approved, as what, and what they wrote: `alice, a required reviewer of the GitHub environment production`. */
export function makeApprovalText(
  { by, as, at, comment }: Approval,
  quote: (foreign: string) => string,
): string {
  const when = at === undefined ? '' : `, ${quote(at)}`
  const words = comment ? `: ${quote(comment)}` : ''
  return `${quote(by)}, ${as}${when}${words}`
}
