import { expect, it } from '@jest/globals'
import { makeAdvice } from '../../src/render/advice.js'
import { makeReportJson } from '../../src/render/make-report-json.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

eachMajor('what is told at the end', (major) => {
  it('of a partial file is not that the next run goes on there, where that will refuse to', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:no-transaction\ncreate temporary table kept (n int);\nvacuum;\nselect 1 / 0;\n',
    })
    const given = { rehearse: 'off' }
    const report = await migrator.run('migrate', { given })
    expect(verdict(report)).toBe('1 partial: 01 partial')
    const advice = makeAdvice(report, (text) => text).join(' ')
    expect(advice).not.toContain('the run goes on there')
    const next = await migrator.run('migrate', { given })
    expect(next.findings.map(({ severity }) => severity)).toContain('error')
    expect(advice).toContain(next.findings[0]?.help)
  })

  it('of a rehearsal that failed counts what was not run, and shows the record that it wrote', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'select 1 / 0;',
      '03_c.sql': 'select 1;',
    })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 failed: 01 not-run, 02 not-run, 03 not-run')
    const { counts, records } = makeReportJson(report)
    expect(counts).toMatchObject({ notRun: 3, applied: 0, pending: 3 })
    expect(records).toEqual([expect.objectContaining({ version: '02', status: 'failed' })])
  })
})
