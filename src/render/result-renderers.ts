import type { Redact } from '../model/config.js'
import type { Report } from '../model/report.js'

/** What renders the files for other programs, loaded when one is written: most runs write none. */
export function resultRenderers(
  report: Report,
  forCodeScanning: boolean,
  redact: Redact,
): Readonly<Record<'sarif' | 'junit' | 'plan', () => Promise<string>>> {
  const render = async (kind: 'sarif' | 'junit' | 'plan') => {
    const { renderResult } = await import(/* webpackIgnore: true */ './render-result.js')
    return renderResult(kind, report, { forCodeScanning, redact })
  }
  return { sarif: () => render('sarif'), junit: () => render('junit'), plan: () => render('plan') }
}
