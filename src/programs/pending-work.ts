import { applyPending } from './apply-pending.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { judgeAhead } from './judge-ahead.js'
import { judgePending } from './judge-pending.js'
import { loadWhatReadsSql } from './load-what-reads-sql.js'
import { rehearsePending } from './rehearse-pending.js'
import { settlePlan } from './settle-plan.js'
import { tellUnfinished } from './tell-unfinished.js'
import { validate } from './validate.js'
import type { Way } from './way.js'
import { writeWithoutWork } from './write-without-work.js'

/** Whatever reads, tries or applies SQL. `load-pending-work.ts` loads it. */
export const PENDING_WORK = {
  prepare: loadWhatReadsSql,
  validate,
  hideFileSecrets,
  judge: judgePending,
  judgeAhead,
  settleNothing: (run: Way) => settlePlan(run, [], { migrations: [], findings: [] }),
  tellUnfinished,
  rehearse: rehearsePending,
  apply: applyPending,
  writeWithoutWork,
}
