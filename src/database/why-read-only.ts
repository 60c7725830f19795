import type { TargetFacts } from './target-facts.js'

/** Why nothing can be written to a server, as a clause about it; undefined where it can. */
export function whyReadOnly({ standby, readOnly, conforming }: TargetFacts): string | undefined {
  if (standby) return 'is a standby, which takes no writes: name the primary'
  if (readOnly) return 'is set to read only (default_transaction_read_only) for this role or database'
  return conforming
    ? undefined
    : 'reads strings with standard_conforming_strings off, and the pooler before it does not let that be changed'
}
