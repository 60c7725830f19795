import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, rehearsed, trouble, verdict } from './a-migrator.js'

const view = (columns: string) => `CREATE OR REPLACE VIEW seen AS SELECT ${columns} FROM users;`

const FILES = {
  'R__b_seen.sql': view('id'),
  'R__a_first.sql': "COMMENT ON TABLE users IS 'first';",
  '01_users.sql': 'CREATE TABLE users (id int);',
}

eachMajor('a repeatable migration', (major) => {
  it('comes after the versioned ones by name, and is run again when its text is another', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    const first = await migrator.run('migrate')
    expect(verdict(first)).toBe('0 applied: 01 applied, R__a_first applied, R__b_seen applied')
    expect([rehearsed(first), first.currentVersion]).toEqual([
      '01 rehearsed, R__a_first rehearsed, R__b_seen rehearsed',
      '01',
    ])
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')

    await migrator.write('02_name.sql', 'ALTER TABLE users ADD COLUMN name text;')
    await migrator.write('R__b_seen.sql', view('id, name'))
    const planned = await migrator.run('plan')
    expect(planned.drift).toEqual([])
    const given = { 'expected-plan-hash': planned.plan?.hash ?? '' }
    await migrator.write('R__b_seen.sql', view('id, name, 1 AS one'))
    expect(trouble(await migrator.run('migrate', { given }))).toContain('is not what was approved')
    await migrator.write('R__b_seen.sql', view('id, name'))
    expect(verdict(await migrator.run('migrate', { given }))).toBe('0 applied: 02 applied, R__b_seen applied')

    expect(await database.query('SELECT id, name FROM seen')).toEqual([])
    const { events } = await migrator.run('history')
    expect(events.map(({ event, version }) => `${event} ${version}`).reverse()).toEqual([
      'anchor ',
      'applied 01',
      'applied R__a_first',
      'applied R__b_seen',
      expect.stringMatching('refused '),
      'applied 02',
      'applied R__b_seen',
    ])
    const verified = await migrator.run('verify')
    expect([verified.exitCode, verified.findings, verified.status]).toEqual([0, [], 'up-to-date'])
  })

  it('that fails is recorded, tried again, and no drift when its file is gone', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await migrator.write('R__b_seen.sql', view('id, nothing'))
    const off = { given: { rehearse: 'off' } }
    expect(verdict(await migrator.run('migrate'))).toBe('1 failed: R__b_seen not-run')
    expect(verdict(await migrator.run('migrate', off))).toBe('1 failed: R__b_seen failed')
    expect((await migrator.run('verify')).findings).toEqual([])
    await migrator.write('R__b_seen.sql', `-- devflow:no-transaction\n${view('id, 2 AS two')}`)
    expect(verdict(await migrator.run('migrate', off))).toBe('0 applied: R__b_seen applied')
    await migrator.write('R__b_seen.sql', `-- devflow:no-transaction\n${view('id, 2 AS two, 3 AS three')}`)
    expect(verdict(await migrator.run('migrate', off))).toBe('0 applied: R__b_seen applied')
    await migrator.project.remove('migrations/R__b_seen.sql')
    const gone = await migrator.run('verify')
    expect([gone.exitCode, gone.drift, gone.findings]).toEqual([0, [], []])
  })
})

describe('a repeatable migration', () => {
  it('is left out where a version is asked for, and stands in the way of none', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    expect(verdict(await migrator.run('migrate', { given: { to: '01' } }))).toBe('0 applied: 01 applied')
    await migrator.run('migrate')
    await migrator.write('02_next.sql', 'CREATE TABLE next (id int);')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    const undone = await migrator.run('rollback', { given: { steps: '1' } })
    expect(trouble(undone)).toContain('02_next.sql: there is no down part')
  })

  it('is judged like any other, and shown in the order of the folder', async () => {
    await using migrator = await aMigrator('postgres://nobody@127.0.0.1:9/none', {
      ...FILES,
      'R__c_wrong.sql': 'SELECT FROM;\nSELEC 1;',
      'R1__x.sql': 'SELECT 1;',
    })
    const report = await migrator.run('validate')
    expect(report.findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(
      expect.arrayContaining(['syntax-error migrations/R__c_wrong.sql', 'bad-name migrations/R1__x.sql']),
    )
  })
})
