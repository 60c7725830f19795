import type { HealthMoment } from './check-health.js'
import type { Way } from './way.js'

/** What has to hold before anything is tried, applied or undone. @returns whether it does; what does not is a finding */
export async function isHealthyBefore(run: Way): Promise<boolean> {
  const { config } = run
  const before = config.health?.before ?? []
  const goes = ['migrate', 'dry-run', 'rollback'].includes(config.command)
  return !goes || before.length === 0 || (await check(run, before, `before ${doing(run)}`))
}

/**
 * What has to hold when all is applied, whether it was applied now or before: the run that failed by it may be run again.
 * Or when all is undone that was to be.
 */
export async function isHealthyAfter(run: Way): Promise<boolean> {
  const { gathered, config } = run
  const after = config.health?.after ?? []
  if (after.length === 0) return true
  // A run that is ended in the middle of it has not shown that it holds.
  gathered.unhealthy = true
  const moment = `after ${doing(run)}` as const
  const unfinished = `The health checks ${moment} were not carried out to the end. Run verify to know.`
  gathered.notes = [...(gathered.notes ?? []), unfinished]
  const isWell = await check(run, after, moment)
  gathered.notes = gathered.notes.filter((note) => note !== unfinished)
  if (isWell) delete gathered.unhealthy
  return isWell
}

function doing({ config }: Way): 'applying' | 'undoing' {
  return config.command === 'rollback' ? 'undoing' : 'applying'
}

/** All of them, for `verify`. One that stands in both lists is carried out once. */
export async function lookAtHealth(run: Way): Promise<void> {
  const { before = [], after = [] } = run.config.health ?? {}
  const all = new Map([...before, ...after].map((one) => [JSON.stringify(one), one]))
  if (all.size > 0) await check(run, [...all.values()], 'now')
}

async function check(
  run: Way,
  checks: Parameters<typeof import('./check-health.js').checkHealth>[1],
  moment: HealthMoment,
): Promise<boolean> {
  const { gathered, system } = run
  const count = `${checks.length} ${checks.length === 1 ? 'health check' : 'health checks'}`
  system.observe({ kind: 'note', message: `${count} ${moment}.` })
  const { checkHealth } = await import(/* webpackIgnore: true */ './check-health.js')
  const { findings, notes } = await checkHealth(run, checks, moment)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  gathered.notes = [...(gathered.notes ?? []), ...notes]
  return findings.every(({ severity }) => severity !== 'error')
}
