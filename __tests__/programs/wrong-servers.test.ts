import { expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aStandby } from '../support/postgres/a-standby.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

const files = { '01_a.sql': 'create table a ();', '02_b.sql': 'create table b ();' }

const messages = ({ problems }: Report) => problems.map(({ message }) => message)

eachMajor('a standby', (major) => {
  it('is refused in one sentence, and can be read', async () => {
    await using standby = await aStandby(major, async (url) => {
      await using migrator = await aMigrator(url, files)
      expect(verdict(await migrator.run('migrate', { given: { to: '01' } }))).toBe('0 applied: 01 applied')
    })
    // A standby has no such transactions.
    const serializable = `${standby.url}?options=-c%20default_transaction_isolation%3Dserializable`
    await using migrator = await aMigrator(serializable, files)
    for (const command of ['migrate', 'dry-run']) {
      const report = await migrator.run(command)
      expect([verdict(report), messages(report)]).toEqual([
        '2 failed',
        [expect.stringMatching(/^127\.0\.0\.1:\d+ is a standby, which takes no writes: name the primary\.$/)],
      ])
    }
    expect(await migrator.run('status')).toMatchObject({
      exitCode: 0,
      status: 'pending',
      currentVersion: '01',
    })
    expect(await migrator.run('plan')).toMatchObject({ exitCode: 0, status: 'planned', problems: [] })
    const { events } = await migrator.run('history')
    expect(events.map(({ event }) => event)).toEqual(['applied', 'anchor'])
  }, 120_000)
})

eachMajor('a server that is set to read only', (major) => {
  it('is refused in one sentence, with the way out', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set default_transaction_read_only = on`)
    await using migrator = await aMigrator(database.url, files)
    const report = await migrator.run('migrate')
    expect([verdict(report), messages(report)]).toEqual([
      '2 failed',
      [
        expect.stringMatching(
          /is set to read only \(default_transaction_read_only\) for the database \w+\.$/,
        ),
      ],
    ])
    expect(report.problems[0]?.help).toContain(
      `ALTER DATABASE "${database.name}" RESET default_transaction_read_only;`,
    )
  })
})

eachMajor('a role with timeouts of its own', (major) => {
  it('is told of, with what the run uses instead, by what rehearses or applies', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set statement_timeout = '45s'`)
    await using migrator = await aMigrator(database.url, files)
    const note = `statement_timeout is set to 45s for the database ${database.name}; this run uses 9s.`
    const given = { 'statement-timeout': '9s' }
    expect((await migrator.run('status')).notes).not.toContain(note)
    expect((await migrator.run('dry-run', { given })).notes).toContain(note)
    expect((await migrator.run('migrate', { given })).notes).toContain(note)
  })

  it('is told of a transaction-timeout that its server does not have', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, files)
    const { notes, exitCode } = await migrator.run('migrate', { given: { 'transaction-timeout': '5m' } })
    expect(exitCode).toBe(0)
    expect(notes.filter((note) => note.includes('transaction-timeout'))).toEqual(
      major >= 17 ? [] : ['transaction-timeout does nothing on PostgreSQL 15: it needs 17 or newer.'],
    )
  })

  it('is told of a directive that asks for one', async () => {
    await using database = await aDatabase({ major })
    const directive = '-- devflow:transaction-timeout=5m\nselect 1;'
    const asking = { '01_a.sql': directive, '02_b.sql': 'select 1;', '03_c.sql': directive }
    await using migrator = await aMigrator(database.url, asking)
    const { notes, exitCode } = await migrator.run('migrate')
    expect(exitCode).toBe(0)
    expect(notes.filter((note) => note.includes('transaction-timeout'))).toEqual(
      major >= 17
        ? []
        : [
            'transaction-timeout (the directive of 01_a.sql, 03_c.sql) does nothing on PostgreSQL 15: it needs 17 or newer.',
          ],
    )
    const { notes: later } = await migrator.run('migrate')
    expect(later.filter((note) => note.includes('transaction-timeout'))).toEqual([])
  })
})
