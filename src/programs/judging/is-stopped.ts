import type { Config } from '../../model/config.js'
import type { Finding } from '../../model/finding.js'
import { choosePlace } from '../../rehearsal/choose-place.js'
import { isMeasurable } from '../../rehearsal/verdicts/is-measurable.js'
import type { Gathering } from '../../report/gathered.js'

/** What the rehearsal is to judge does not keep it from being done; nor does what a person may still force. */
export function isStopped(config: Config, { findings = [], drift = [], refusals = [] }: Gathering): boolean {
  const rehearses = config.command !== 'plan' && config.rehearse !== 'off'
  const stops = findings.filter(({ severity }) => severity === 'error')
  const last = stops.filter(
    (finding) => !(rehearses && isMeasurable(finding)) && !mayBeForced(finding, config),
  )
  return drift.length > 0 || refusals.length > 0 || last.length > 0
}

/**
 * Somebody is asked after the rehearsal (`ask-to-force.ts`), or decides by what a shadow shows, where it does no harm. It
 * stops what comes after.
 */
function mayBeForced({ force }: Finding, config: Config): boolean {
  const { command, changes, ci, judging } = config
  const isAsked = changes && !ci && judging.class === 'staging'
  return force === 'needed' && (isAsked || (command !== 'plan' && choosePlace(config) === 'shadow'))
}
