import { describe, expect, it } from '@jest/globals'
import { renderSummary } from '../../src/render/summary.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, verdict } from './a-migrator.js'

const COMMANDS = ['plan', 'dry-run', 'migrate']
const WAYS = ['Mend that first, then run dry-run: it rehearses what is pending.']

describe('a run that ends before it rehearses', () => {
  it('says so, and which rules ended it', async () => {
    await using database = await aDatabase()
    await database.query('create table old (n int)')
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'drop database shop;' })
    for (const command of COMMANDS) {
      const report = await migrator.run(command)
      expect(verdict(report)).toBe('1 refused')
      const [rule] = report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
      expect(report.notRehearsed).toEqual({
        why: `the run ended before that, because of what was found (${rule})`,
        ways: WAYS,
      })
      expect(renderSummary(report, 100_000)).toContain('Not rehearsed')
    }
  })

  it('says so where an applied file was edited', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('01_a.sql', 'create table a (n bigint);')
    await migrator.write('02_b.sql', 'create table b (n int);')
    const report = await migrator.run('dry-run')
    expect(report.notRehearsed?.why).toBe(
      'the run ended before that, because an applied file is not what it was',
    )
  })

  it('says so where a file can not be read, before it connects', async () => {
    await using migrator = await aMigrator('postgres://u@127.0.0.1:1/x', {
      '01_a.sql': '-- devflow:nonsense\n',
    })
    for (const command of COMMANDS)
      expect((await migrator.run(command)).notRehearsed).toMatchObject({
        why: expect.stringContaining('because of what was found ('),
        ways: WAYS,
      })
    expect((await migrator.run('status')).notRehearsed).toBeUndefined()
  })

  it('says that it is off where it is', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'drop database shop;' })
    const report = await migrator.run('dry-run', { given: { rehearse: 'off' } })
    expect(report.notRehearsed).toEqual({ why: 'rehearse is off', ways: [] })
  })
})
