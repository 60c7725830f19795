import type { core } from 'zod'

/** One mistake for each value: what is no text in the right form fails more than one check, and the first says it all. Unknown keys are mistakes of their own. */
export function firstAtEachPath(issues: readonly core.$ZodIssue[]): core.$ZodIssue[] {
  const seen = new Set<string>()
  return issues.filter(({ code, path }) => {
    if (code === 'unrecognized_keys') return true
    const place = JSON.stringify(path)
    return !seen.has(place) && seen.add(place)
  })
}
