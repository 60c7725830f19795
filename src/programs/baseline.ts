import { isRepeatable } from '../model/is-repeatable.js'
import { planBaseline } from '../plan/plan-baseline.js'
import { compareBaseline } from './compare-baseline.js'
import { confirmOperation } from './recording/confirm-operation.js'
import { recordSchemaNow, tellSchemaTaken } from './recording/record-schema-now.js'
import { settleOperation } from './recording/settle-operation.js'
import { writeRecords } from './recording/write-records.js'
import type { Way } from './way.js'

/**
 * Records the files up to a version as applied without running them, for a database that was there before its history.
 * Repeatable files are left out: they run with the next migrate, whatever is there.
 */
export async function baseline(run: Way): Promise<void> {
  const { config, gathered, known } = run
  const versioned = (gathered.files ?? []).filter((file) => !isRepeatable(file))
  const { reason, verify = false } = config.history ?? {}
  const planned = planBaseline(versioned, known.records, config.to, reason)
  const { files, steps, refusals } = planned
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals]
  gathered.operation = { steps: refusals.length > 0 ? [] : steps.map(({ step }) => step) }
  if (refusals.length === 0 && steps.length > 0 && verify) await compareBaseline(run, files)
  const asked = files.map(({ version, checksum }) => ({ version, checksum }))
  settleOperation(run, { steps: asked })
  if (steps.length > 0) tellSchemaTaken(run)
  if (!(await confirmOperation(run))) return
  const isDone = await writeRecords(
    run,
    steps.map(({ change }) => change),
  )
  if (isDone) await recordSchemaNow(run)
}
