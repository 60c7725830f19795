import { findInvalidIndexes } from '../../database/find-invalid-indexes.js'
import { readChain } from '../../database/history/read-chain.js'
import { beginChain } from '../../plan/check-chain.js'
import { findChainBreak } from '../../plan/find-chain-break.js'
import { tellInvalidIndex, tellPendingDetach } from '../../plan/tell-half-done.js'
import type { Way } from '../way.js'
import { unreadableHistory } from './read-history.js'

/** What `verify` looks for beyond drift: what was left half done, and a history that is not as it was written. */
export async function checkIntegrity({ session, gathered, known }: Way): Promise<void> {
  const left = await findInvalidIndexes(session)
  const chain = beginChain()
  const witness = await readChain(session, known.target.tracking, (rows) => chain.add(rows))
  if (witness !== undefined && 'why' in witness)
    throw unreadableHistory(known.target, { code: witness.code, message: witness.why })
  const told = witness ? findChainBreak(chain.end(witness)) : { findings: [], notes: [] }
  gathered.notes = [...(gathered.notes ?? []), ...told.notes]
  gathered.findings = [
    ...(gathered.findings ?? []),
    ...told.findings,
    ...left.indexes.map((index) => tellInvalidIndex(index, known.records)),
    ...left.detaches.map((detach) => tellPendingDetach(detach, known.records)),
  ]
}
