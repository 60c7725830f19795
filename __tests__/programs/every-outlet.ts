import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import { renderAnnotation } from '../../src/render/annotation-command.js'
import { makeAnnotations } from '../../src/render/annotations.js'
import { renderJson } from '../../src/render/json.js'
import { renderJunit } from '../../src/render/junit.js'
import { makeOutputs } from '../../src/render/outputs.js'
import { renderProgress } from '../../src/render/progress.js'
import { renderSarif } from '../../src/render/sarif.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'

/** All that a run tells anybody: progress, terminal, JSON, job summary, annotations, outputs, SARIF, JUnit; one text. */
export function everyOutlet(report: Report, events: readonly ProgressEvent[]): string {
  return [
    ...events.map((event) => renderProgress(event, { color: false }) ?? ''),
    renderTerminal(report, { color: false, width: 2_000 }),
    renderJson(report),
    renderSummary(report),
    ...makeAnnotations(report).map(renderAnnotation),
    JSON.stringify(makeOutputs(report, '')),
    renderSarif(report),
    renderJunit(report),
    // Whatever an outlet of tomorrow may show. The plan holds the files themselves, for their names.
    JSON.stringify({ ...report, plan: undefined }),
  ].join('\n')
}
