import type { TargetFacts } from './target-facts.js'

/** Why nothing can be written to a server, as a clause about it; undefined where it can. */
export function whyReadOnly({ standby, readOnly }: TargetFacts): string | undefined {
  if (standby) return 'is a standby, which takes no writes: name the primary'
  return readOnly
    ? 'is set to read only (default_transaction_read_only) for this role or database'
    : undefined
}
