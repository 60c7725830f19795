import type { Config } from '../../model/config.js'
import type { Finding } from '../../model/finding.js'
import type { Gathering } from '../../report/gathered.js'
import type { System } from '../system.js'

/**
 * Where migrations are to be applied to an environment of class staging and a person is there, asks, once, whether what
 * stops the run unless it is forced is to be forced. A yes turns those findings into warnings that say so. Nobody is
 * asked where something else stops the run all the same.
 */
export async function askToForce(config: Config, system: System, gathered: Gathering): Promise<void> {
  const { findings = [], drift = [], refusals = [] } = gathered
  const stopping = findings.filter(({ severity }) => severity === 'error')
  if (!config.changes || config.ci || config.judging.class !== 'staging' || !system.confirmForce) return
  if (stopping.length === 0 || drift.length > 0 || refusals.length > 0) return
  if (stopping.some(({ force }) => force !== 'needed')) return
  // After a lost connection everything is planned again.
  gathered.forcedByPerson ??= await system.confirmForce(stopping, config)
  if (gathered.forcedByPerson) gathered.findings = findings.map(forced)
}

function forced(finding: Finding): Finding {
  return finding.force === 'needed' ? { ...finding, severity: 'warning', force: 'used' } : finding
}
