import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const off = { given: { rehearse: 'off' } }

async function renamed(migrator: Migrator, to: string, text: string, from = '1_a.sql'): Promise<void> {
  const folder = join(migrator.project.path, 'migrations')
  await rename(join(folder, from), join(folder, to))
  await migrator.write(to, text)
}

const rowsOf = async (database: TestDatabase) =>
  (await database.query('select version, status from devflow.schema_migrations order by version')).map(
    ({ version, status }) => `${version} ${status}`,
  )

eachMajor('a file that failed as 1 and is 01 by now', (major) => {
  it.each([
    ['in a transaction of its own', '', {}],
    ['in one for all', '', { transaction: 'all' }],
    ['outside', '-- devflow:no-transaction\n', {}],
  ])('has one row, whether it fails again or is applied: %s', async (_, head, mode) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '1_a.sql': 'select 1/0;' })
    const asked = { given: { ...off.given, ...mode } }
    expect((await migrator.run('migrate', asked)).status).toBe('failed')
    await renamed(migrator, '01_a.sql', `${head}select 1/0;`)
    await migrator.run('migrate', asked)
    await migrator.write('01_a.sql', `${head}create table a ();`)
    await migrator.run('migrate', asked)
    expect(await rowsOf(database)).toEqual(['01 completed'])
    const status = await migrator.run('status')
    expect([status.ready, status.records.map(({ version }) => version)]).toEqual([true, ['01']])
    expect((await migrator.run('verify')).exitCode).toBe(0)
  })

  it('keeps one row where it fails again, in the rehearsal too', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '1_a.sql': 'select 1/0;', '2_b.sql': 'select 1;' })
    await migrator.run('migrate', off)
    await renamed(migrator, '01_a.sql', 'select 1/0;')
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 failed: 01 not-run, 2 not-run')
    expect(report.records.map(({ version }) => version)).toEqual(['01'])
    expect(await rowsOf(database)).toEqual(['01 failed'])
    await renamed(migrator, '001_a.sql', 'select 1/0;', '01_a.sql')
    await migrator.run('migrate', off)
    expect(await rowsOf(database)).toEqual(['001 failed'])
  })
})
