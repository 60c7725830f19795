import type { MigrationFile } from '../model/migration.js'
import type { Plan, RunnableMigration } from '../model/plan.js'
import { UserError } from '../model/user-error.js'
import { findUnfinished } from '../plan/find-unfinished.js'
import { refuseTogether } from '../plan/refuse-together.js'
import { RULES } from '../rules/all-rules.js'
import { Ended } from './judging/ended.js'
import { fillAll } from './judging/fill-all.js'
import { isStopped } from './judging/is-stopped.js'
import { isOf, judgeFor } from './judging/judge-ahead.js'
import { settlePlan } from './judging/settle-plan.js'
import { stoppedBefore } from './judging/stopped-before.js'
import type { ReadyToRehearse } from './rehearsing/ready-to-rehearse.js'
import { REHEARSE_IS_OFF } from './rehearsing/without-rehearsal.js'
import type { Way } from './way.js'

/**
 * Reads the pending files as SQL and judges them.
 *
 * @returns undefined when something stands against them that no rehearsal can judge
 */
export async function judgePending(
  run: Way,
  files: readonly MigrationFile[],
): Promise<ReadyToRehearse | undefined> {
  const { config, system, gathered, known } = run
  const ahead = await run.ahead
  const { pending, judged } =
    ahead && isOf(ahead, files, known.target)
      ? ahead
      : await judgeFor(config, files, known.target, run.signal)
  const { migrations, findings } = findUnfinished(judged.migrations, known.records)
  await settlePlan(run, pending, judged)
  if (run.signal.aborted) throw new Ended()
  system.observe({ kind: 'planned', plan: gathered.plan as Plan })
  gathered.findings = [...(gathered.findings ?? []), ...judged.findings, ...findings]
  gathered.suppressed = judged.suppressed
  gathered.rules = Object.values(RULES)
  if (config.transaction === 'all') gathered.findings = [...gathered.findings, ...refuseTogether(migrations)]
  if (config.format === 'supabase') await judgeForSupabase(run, migrations)
  if (isStopped(config, gathered)) {
    gathered.notRehearsed = config.rehearse === 'off' ? REHEARSE_IS_OFF : stoppedBefore(gathered)
    return undefined
  }
  const { unsaid } = judged
  return { unsaid, migrations: config.command === 'plan' ? migrations : fillAll(migrations, config, system) }
}

/** @throws UserError where there is no Supabase CLI to apply them, or none that may be used */
async function judgeForSupabase(run: Way, migrations: readonly RunnableMigration[]): Promise<void> {
  const { gathered } = run
  const { planSupabase } = await import(/* webpackIgnore: true */ './supervise-supabase.js')
  const { problem, findings, notes } = await planSupabase(run, migrations)
  if (problem) throw new UserError([problem])
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  gathered.notes = [...(gathered.notes ?? []), ...notes]
}
