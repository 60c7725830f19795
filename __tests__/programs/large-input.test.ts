import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, verdict } from './a-migrator.js'

// Large input is slow to send; what a message holds does not depend on the server's major.
describe('a run with large input', () => {
  it('prints a bounded number of notices and keeps none, however many there are', async () => {
    await using database = await aDatabase()
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `do $$ begin for n in 1..75000 loop raise notice '%', repeat('x', 200); end loop; end $$;`,
      '02_b.sql': `do $$ begin raise notice 'one'; end $$;`,
    })
    const before = process.memoryUsage().heapUsed
    const report = await migrator.run('migrate')
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024)
    expect(report.status).toBe('applied')
    const notices = migrator.events.filter(({ kind }) => kind === 'notice')
    expect(notices).toHaveLength(2 * (100 + 1))
    expect(migrator.events.filter(({ kind }) => kind === 'note')).toEqual(
      Array(2).fill({ kind: 'note', message: '… and 74900 more notices' }),
    )
  })

  it('rehearses and applies a file larger than a message', async () => {
    await using database = await aDatabase()
    const large = `-- ${'x'.repeat(8 * 1024 * 1024)}\n`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `${large}create table a (n int); insert into a values (1);`,
      '02_b.sql': 'insert into a values (2);',
    })
    const report = await migrator.run('migrate')
    expect(report.rehearsal.map(({ state }) => state)).toEqual(['rehearsed', 'rehearsed'])
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
    await migrator.write('03_c.sql', `insert into a values (3);\n${large}select 1/0;`)
    const { rehearsal } = await migrator.run('migrate')
    expect(rehearsal).toMatchObject([{ state: 'failed', failure: { code: '22012', position: { line: 3 } } }])
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }])
  })

  it('applies a statement that is too large to be analysed, in one transaction with its record, without rehearsing it', async () => {
    await using database = await aDatabase()
    const large = `'${'x'.repeat(8 * 1024 * 1024)}'`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create table a (n int); insert into a values (char_length(${large}) - 8388607);`,
      '02_b.sql': 'insert into a values (2);',
      '03_c.sql': `insert into a values (3); select ${large}, 1/0;`,
    })
    const report = await migrator.run('migrate')
    expect(report.rehearsal.map(({ state }) => state)).toEqual(Array(3).fill('not-rehearsable'))
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 applied, 03 failed')
    expect(report.outcomes[2]?.failure?.code).toBe('22012')
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }])
    expect(
      await database.query('select version, status from devflow.schema_migrations order by version'),
    ).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'completed' },
      { version: '03', status: 'failed' },
    ])
  })
})
