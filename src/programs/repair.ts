import { UserError } from '../model/user-error.js'
import { planRepairs } from '../plan/plan-repairs.js'
import { confirmOperation } from './recording/confirm-operation.js'
import { recordSchemaNow, tellSchemaTaken } from './recording/record-schema-now.js'
import { settleOperation } from './recording/settle-operation.js'
import { writeRecords } from './recording/write-records.js'
import type { Way } from './way.js'

/** Corrects what is recorded of single versions, each with the reason, in one transaction. Runs no migration. */
export async function repair(run: Way): Promise<void> {
  const { config, gathered, known } = run
  const { repairs = [], reason } = config.history ?? {}
  if (reason === undefined) throw new UserError([NO_REASON])
  const { steps, refusals, notes } = planRepairs(
    repairs,
    gathered.files ?? [],
    known.records,
    reason,
    known.step?.missing.map(({ version }) => version),
  )
  gathered.refusals = [...(gathered.refusals ?? []), ...refusals]
  gathered.notes = [
    ...(gathered.notes ?? []),
    ...notes.map(config.redact),
    ...(known.step && steps.length > 0 ? [FOLLOWS] : []),
  ]
  gathered.operation = { steps: refusals.length > 0 ? [] : steps.map(({ step }) => step) }
  const asked = steps.map(({ change: { version, expected, becomes } }) => ({
    version,
    before: expected === 'absent' ? 'absent' : `${expected.status} ${expected.checksum}`,
    after: becomes === 'gone' ? 'gone' : `${becomes.status} ${becomes.checksum}`,
  }))
  settleOperation(run, { steps: asked })
  // What somebody did by hand is what the schema is from here on, as after a migration.
  const takesSchema = repairs.some(({ kind }) => kind === 'applied' || kind === 'reverted')
  if (takesSchema && steps.length > 0) tellSchemaTaken(run)
  if (!(await confirmOperation(run))) return
  const isDone = await writeRecords(
    run,
    steps.map(({ change }) => change),
  )
  if (isDone && takesSchema) await recordSchemaNow(run)
}

const FOLLOWS =
  'supabase_migrations.schema_migrations is kept in step: it is changed in the same transaction.'

const NO_REASON = { message: 'repair was given no reason.', help: 'Say why: it is recorded.' }
