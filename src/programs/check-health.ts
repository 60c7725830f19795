import { isPrivateHost } from '../database/is-private-host.js'
import { openReader } from '../database/open-reader.js'
import { exchange } from '../github/rest-exchange.js'
import { type Checked, checkAll } from '../health/check-all.js'
import { openReading } from '../health/open-reading.js'
import type { Finding } from '../model/finding.js'
import type { HealthCheck } from '../model/health.js'
import { isStrangers } from './telling/is-strangers.js'
import type { Way } from './way.js'

/** When checks are carried out, in words. */
export type HealthMoment = `${'before' | 'after'} ${'applying' | 'undoing'}` | 'now'

/** What the checks of one moment showed. */
export interface Health {
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

/**
 * Carries checks out, on connections of their own: the one that the run works on is left as it is. Loaded late, and throws
 * nothing. What could not be known stops nothing, and is told.
 */
export async function checkHealth(
  { door, config, system, known, signal }: Pick<Way, 'door' | 'config' | 'system' | 'known' | 'signal'>,
  checks: readonly HealthCheck[],
  moment: HealthMoment,
): Promise<Health> {
  const open = () => door.plain.open(() => {})
  await using reading = openReading(() => openReader(open))
  const checked = await checkAll(
    checks,
    {
      target: known.target,
      open,
      read: reading.read,
      exchange: isStrangers(config) ? sendNothing : exchange,
      isPrivate: isPrivateHost,
      variableOf: config.variableOf,
      signal,
    },
    system.healthPauseMs,
  )
  return {
    findings: checked.flatMap((one) => asFinding(one, moment)),
    notes: [summarise(checked, moment)].map(config.redact),
  }
}

/** The file that says where to may be theirs, and secrets of the job would go there. */
async function sendNothing(): Promise<{ readonly broken: string }> {
  return { broken: 'this job may have the code of a stranger, so nothing is sent anywhere' }
}

function asFinding({ check, verdict }: Checked, moment: HealthMoment): Finding[] {
  if (verdict.state === 'passed') return []
  const failed = verdict.state === 'failed'
  return [
    {
      rule: 'health-check',
      severity: failed ? 'error' : 'warning',
      message: `Health check ${moment}, ${check.label}: ${verdict.message}.`,
      help: failed ? `${verdict.help} ${WAYS[moment]}` : verdict.help,
    },
  ]
}

const WAYS: Readonly<Record<HealthMoment, string>> = {
  'before applying': 'Nothing was applied: run again when it holds.',
  'after applying':
    'What was applied stays applied: mend it by a new migration or roll back, and run migrate again, which checks once more.',
  'before undoing': 'Nothing was undone: run again when it holds.',
  'after undoing':
    'What was undone stays undone: mend what does not hold, and run verify, which checks once more.',
  now: 'Run verify again when it holds.',
}

function summarise(checked: readonly Checked[], moment: HealthMoment): string {
  const count = (state: Checked['verdict']['state']) =>
    checked.filter(({ verdict }) => verdict.state === state).length
  const passed = checked.flatMap(({ check, verdict }) => {
    if (verdict.state !== 'passed') return []
    return [verdict.details === undefined ? check.label : `${check.label} (${verdict.details})`]
  })
  const others = [
    [count('failed'), 'failed'],
    [count('unknown'), 'could not be known'],
  ].flatMap(([number, what]) => (number === 0 ? [] : [`, ${number} ${what}`]))
  const list = passed.length > 0 ? `: ${passed.join('; ')}` : ''
  return `Health checks ${moment}: ${passed.length} of ${checked.length} passed${others.join('')}${list}.`
}
