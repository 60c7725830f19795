import type { Redact } from '../model/config.js'
import type { Report } from '../model/report.js'
import { renderJunit } from './junit.js'
import { renderPlanFile } from './plan-file.js'
import { renderSarif } from './sarif.js'

export interface ResultOptions {
  readonly forCodeScanning: boolean
  readonly redact: Redact
}

/**
 * What another program reads. Of a bundle of its own, for the few runs that write such a file.
 *
 * @throws where there is no plan, or one that a secret would have to be taken out of: its hash would not hold any more
 */
export function renderResult(
  kind: 'sarif' | 'junit' | 'plan',
  report: Report,
  { forCodeScanning, redact }: ResultOptions,
): string {
  if (kind === 'sarif') return renderSarif(report, { forCodeScanning })
  return kind === 'junit' ? renderJunit(report) : renderPlan(report, redact)
}

function renderPlan({ planDocument }: Report, redact: Redact): string {
  if (planDocument === undefined) throw new Error('there is no plan')
  const text = renderPlanFile(planDocument)
  if (redact(text) !== text) throw new Error('it would hold a secret')
  return text
}
