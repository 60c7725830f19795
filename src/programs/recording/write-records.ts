import type { Operation } from '../../model/operation.js'
import type { RecordChange } from '../../model/record-change.js'
import type { Way } from '../way.js'
import { changeHistory } from './change-history.js'
import { refreshPending } from './refresh-pending.js'

/** Carries out steps that are one transaction of records, and says of each what became of it. @returns whether all is done */
export async function writeRecords(run: Way, changes: readonly RecordChange[]): Promise<boolean> {
  const { gathered } = run
  const planned = gathered.operation as Operation
  const as = (state: 'not-run' | 'done' | 'failed' | 'unknown') => ({
    ...planned,
    steps: planned.steps.map((step) => ({ ...step, state })),
  })
  gathered.operation = as('not-run')
  gathered.applying = true
  const planHash = gathered.plan?.hash
  const changed = await changeHistory(
    run,
    planHash === undefined ? changes : changes.map((each) => ({ ...each, told: { ...each.told, planHash } })),
  )
  gathered.applying = false
  refreshPending(run)
  const told = as(changed.state)
  gathered.operation =
    changed.state === 'done'
      ? told
      : { ...told, steps: told.steps.map((step) => ({ ...step, failure: changed.failure })) }
  return changed.state === 'done'
}
