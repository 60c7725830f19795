import { isHealthyAfter } from './keep-healthy.js'
import type { Way } from './way.js'

/** What is done when everything that was asked for is applied, now or before: whether it holds, then the schema as a file. */
export async function finishApplied(run: Way): Promise<void> {
  if (!isApplied(run) || !(await isHealthyAfter(run)) || run.config.schemaDump === undefined) return
  const { writeSchemaDump } = await import(/* webpackIgnore: true */ './write-schema-dump.js')
  const { findings, notes } = await writeSchemaDump(run, run.config.schemaDump)
  run.gathered.findings = [...(run.gathered.findings ?? []), ...findings]
  run.gathered.notes = [...(run.gathered.notes ?? []), ...notes]
}

function isApplied({ config, gathered, signal }: Way): boolean {
  const { plan, outcomes = [], refusals = [], drift = [], findings = [], cancelled = false } = gathered
  if (config.command !== 'migrate' || config.dryRun || signal.aborted || cancelled) return false
  if (refusals.length + drift.length > 0 || findings.some(({ severity }) => severity === 'error'))
    return false
  return (
    plan !== undefined &&
    outcomes.length === plan.migrations.length &&
    outcomes.every(({ state }) => state === 'applied')
  )
}
