import { applyPending } from './apply-pending.js'
import { judgePending } from './judge-pending.js'
import { hideFileSecrets } from './judging/hide-file-secrets.js'
import { judgeAhead } from './judging/judge-ahead.js'
import { loadWhatReadsSql } from './judging/load-what-reads-sql.js'
import { settlePlan } from './judging/settle-plan.js'
import { tellUnfinished } from './judging/tell-unfinished.js'
import { writeWithoutWork } from './recording/write-without-work.js'
import { rehearsePending } from './rehearse-pending.js'
import { validate } from './validate.js'
import type { Way } from './way.js'

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
