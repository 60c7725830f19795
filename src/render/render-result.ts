import type { Report } from '../model/report.js'
import { renderJunit } from './junit.js'
import { renderSarif } from './sarif.js'

/** What another program reads the findings from. Of a bundle of its own, for the few runs that write such a file. */
export function renderResult(kind: 'sarif' | 'junit', report: Report, forCodeScanning: boolean): string {
  return kind === 'sarif' ? renderSarif(report, { forCodeScanning }) : renderJunit(report)
}
