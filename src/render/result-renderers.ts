import type { Report } from '../model/report.js'

/** What renders the files for other programs, loaded when one is written: most runs write none. */
export function resultRenderers(
  report: Report,
  forCodeScanning: boolean,
): Readonly<Record<'sarif' | 'junit', () => Promise<string>>> {
  const render = async (kind: 'sarif' | 'junit') => {
    const { renderResult } = await import(/* webpackIgnore: true */ './render-result.js')
    return renderResult(kind, report, forCodeScanning)
  }
  return { sarif: () => render('sarif'), junit: () => render('junit') }
}
