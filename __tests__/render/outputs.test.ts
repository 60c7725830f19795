import { describe, expect, it } from '@jest/globals'
import { makeOutputs, OUTPUTS } from '../../src/render/outputs.js'
import { anOutcome, aPlan, aReport } from '../support/builders.js'
import { exampleReports } from './example-reports.js'

describe('the outputs', () => {
  it.each(Object.entries(exampleReports))('of a run that is %s are all set', (_, report) => {
    const outputs = makeOutputs(report, '/runner/report.json')
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(OUTPUTS).sort())
    const mayBeEmpty = ['current-version', 'failed-version', 'plan-hash', 'backup', 'backup-sha256']
    const empty = Object.entries(outputs).filter(([, value]) => value === '')
    expect(mayBeEmpty).toEqual(expect.arrayContaining(empty.map(([name]) => name)))
  })

  it('tell a failed run as it was', () => {
    expect(makeOutputs(exampleReports.failed ?? aReport(), '/r.json')).toMatchObject({
      ready: 'false',
      status: 'failed',
      'pending-count': '2',
      pending: '[{"version":"04","name":"04_index.sql"},{"version":"05","name":"05_policies.sql"}]',
      'applied-count': '1',
      applied: '[{"version":"03","name":"03_orders.sql"}]',
      'current-version': '03',
      'failed-version': '04',
      'drift-count': '0',
      'findings-count': '0',
      report: '/r.json',
      'duration-ms': '1234',
    })
  })

  it('say where the backup of the run is, whatever became of the run', () => {
    const backup = { path: '/runner/backups/b.dump', sha256: 'a'.repeat(64) }
    expect(makeOutputs({ ...(exampleReports.failed ?? aReport()), backup }, '')).toMatchObject({
      backup: backup.path,
      'backup-sha256': backup.sha256,
    })
    expect(makeOutputs(aReport(), '')).toMatchObject({ backup: '', 'backup-sha256': '' })
  })

  it('say ready only as the word true', () => {
    expect(makeOutputs(aReport(), '').ready).toBe('true')
    expect(makeOutputs(aReport({ ready: false }), '').ready).toBe('false')
  })

  it('keep lists short and valid, with the true count beside them', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `${index}_${'n'.repeat(40)}.sql`)
    const outputs = makeOutputs(
      aReport({ plan: aPlan(names), outcomes: names.slice(0, 2500).map((name) => anOutcome({ name })) }),
      '',
    )
    expect(outputs.pending.length).toBeLessThanOrEqual(32_768)
    expect(JSON.parse(outputs.pending)[0].version).toBe('2500')
    expect(JSON.parse(outputs.applied).length).toBeGreaterThan(100)
    expect(outputs['pending-count']).toBe('2500')
    expect(outputs['applied-count']).toBe('2500')
  })

  it('are documented by one sentence each', () => {
    for (const sentence of Object.values(OUTPUTS)) expect(sentence).toMatch(/^[A-Z`].*\.$/)
  })
})
