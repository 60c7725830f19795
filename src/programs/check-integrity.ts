import { findInvalidIndexes } from '../database/find-invalid-indexes.js'
import { readChain } from '../database/history/read-chain.js'
import { beginChain } from '../plan/check-chain.js'
import { findChainBreak } from '../plan/find-chain-break.js'
import { unreadableHistory } from './read-history.js'
import type { Way } from './way.js'

/** What `verify` looks for beyond drift: indexes that are INVALID, and a history that is not as it was written. */
export async function checkIntegrity({ session, gathered, known }: Way): Promise<void> {
  const invalid = await findInvalidIndexes(session)
  const chain = beginChain()
  const witness = await readChain(session, known.target.tracking, (rows) => chain.add(rows))
  if (witness !== undefined && 'why' in witness)
    throw unreadableHistory(known.target, { code: witness.code, message: witness.why })
  const told = witness ? findChainBreak(chain.end(witness)) : { findings: [], notes: [] }
  gathered.notes = [...(gathered.notes ?? []), ...told.notes]
  gathered.findings = [
    ...(gathered.findings ?? []),
    ...told.findings,
    ...invalid.map((name) => ({
      rule: 'invalid-index',
      severity: 'error' as const,
      message: `The index ${name} is INVALID: a concurrent build of it failed.`,
      help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration.`,
    })),
  ]
}
