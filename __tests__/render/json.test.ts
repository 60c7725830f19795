import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import ajvModule from 'ajv/dist/2020.js'
import { renderJson } from '../../src/render/json.js'
import { reportSchema } from '../../src/render/report-schema.js'
import {
  aDrift,
  aFailure,
  aFinding,
  anOutcome,
  aPlan,
  aPlanned,
  aRehearsed,
  aReport,
} from '../support/builders.js'
import { exampleReports } from './example-reports.js'

const schema = JSON.parse(await readFile(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))
const validate = new ajvModule.default({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  schema,
)

describe('the JSON report', () => {
  it.each(Object.entries(exampleReports))(
    'of a run that is %s is as the published schema says',
    (_, report) => {
      const json = JSON.parse(renderJson(report))
      validate(json)
      expect(validate.errors ?? []).toEqual([])
      expect(reportSchema.parse(json)).toEqual(json)
    },
  )

  it('is refused by the schema when a field is missing or of another kind', () => {
    const json = JSON.parse(renderJson(aReport()))
    expect(validate({ ...json, ready: 'true' })).toBe(false)
    const { ready: _, ...without } = json
    expect(validate(without)).toBe(false)
  })

  it('allows fields that a later version adds', () => {
    expect(validate({ ...JSON.parse(renderJson(aReport())), later: 1 })).toBe(true)
  })

  it('has every field on every path, null where there is nothing to tell', () => {
    const fields = (report: ReturnType<typeof aReport>) => Object.keys(JSON.parse(renderJson(report)))
    for (const report of Object.values(exampleReports)) expect(fields(report)).toEqual(fields(aReport()))
    const { target, tracking, planHash, failedVersion } = JSON.parse(
      renderJson(exampleReports['wrong-set-up'] ?? aReport()),
    )
    expect([target, tracking, planHash, failedVersion]).toEqual([null, null, null, null])
  })

  it('ends with one line end', () => {
    expect(renderJson(aReport())).toMatch(/[^\n]\n$/)
  })

  it('counts what is pending after the run, not before it', () => {
    const plan = {
      ...aPlan(['03_a.sql', '04_b.sql', '05_c.sql']),
      deferred: [aPlanned({ name: '06_d.sql' })],
    }
    const report = aReport({
      status: 'failed',
      exitCode: 1,
      plan,
      outcomes: [
        anOutcome({ name: '03_a.sql' }),
        anOutcome({ name: '04_b.sql', state: 'failed', failure: aFailure() }),
        anOutcome({ name: '05_c.sql', state: 'not-run' }),
      ],
      drift: [aDrift()],
      findings: [aFinding(), aFinding({ severity: 'notice' })],
    })
    const json = JSON.parse(renderJson(report))
    expect(json.counts).toEqual({
      files: 2,
      pending: 3,
      applied: 1,
      completed: 3,
      notRun: 1,
      drift: 1,
      findings: 2,
      errors: 1,
      warnings: 0,
      notices: 1,
      suppressed: 0,
      forced: 0,
    })
    expect(json.failedVersion).toBe('04')
    expect(
      json.pending.map((one: { name: string; inThisRun: boolean }) => [one.name, one.inThisRun]),
    ).toEqual([
      ['04_b.sql', true],
      ['05_c.sql', true],
      ['06_d.sql', false],
    ])
  })

  it('counts a version once, spelled 3 in the table and 03 in the file', () => {
    const records = [{ ...aReport().records[0], version: '3', name: '03_a.sql' }] as ReturnType<
      typeof aReport
    >['records']
    const report = aReport({
      plan: aPlan(['03_a.sql']),
      records,
      outcomes: [anOutcome({ name: '03_a.sql' })],
    })
    expect(JSON.parse(renderJson(report)).counts).toMatchObject({ pending: 0, applied: 1, completed: 1 })
  })

  it('names the version whose rehearsal failed', () => {
    const rehearsal = [aRehearsed({ name: '03_a.sql', state: 'failed', failure: aFailure() })]
    expect(JSON.parse(renderJson(aReport({ rehearsal }))).failedVersion).toBe('03')
  })
})
