import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { buildReportSchema } from '../../src/render/build-report-schema.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { exampleReports } from './example-reports.js'

/** Written anew with UPDATE_GOLDEN=1, and read in review. */
async function expectGolden(path: string, text: string): Promise<void> {
  const url = new URL(path, import.meta.url)
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(url, text)
  expect(text).toBe(await readFile(url, 'utf8'))
}

describe('the committed', () => {
  it.each(Object.entries(exampleReports))(
    'summary of a report that is %s is what is rendered',
    (name, report) => expectGolden(`./__golden__/${name}.md`, renderSummary(report)),
  )

  it.each(Object.entries(exampleReports))('text of a report that is %s is what is rendered', (name, report) =>
    expectGolden(`./__golden__/${name}.txt`, renderTerminal(report, { color: false })),
  )

  it('schema of the JSON report is what is generated', () =>
    expectGolden('../../schema/report.schema.json', buildReportSchema()))
})
