import { expect, it } from '@jest/globals'
import type { Finding } from '../../src/model/finding.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { type Asked, aMigrator, type Migrator, verdict } from './a-migrator.js'

const devflowYml = (more = '') =>
  `database:\n  environments:\n    staging:\n      url_env: DATABASE_URL\n${more}    production:\n      url_env: DATABASE_URL\n`

/** A database with a table, and a migration to come that drops it with whatever depends on it. */
async function aLoss(database: TestDatabase): Promise<Migrator> {
  const migrator = await aMigrator(database.url, {
    '01_a.sql': 'create table a (id int, old int); create view v as select id from a;',
  })
  await migrator.project.write('devflow.yml', devflowYml())
  await migrate(migrator)
  await migrator.write('02_b.sql', 'drop table a cascade;')
  return migrator
}

function migrate(migrator: Migrator, asked: Asked = {}) {
  return migrator.run('migrate', { ...asked, given: { environment: 'staging', ...asked.given } })
}

const forcedOf = (database: TestDatabase) =>
  database.query(
    `select version, event, executed_by, forced from devflow.migration_history where event <> 'anchor' order by seq`,
  )

eachMajor('what stops a run unless it is forced', (major) => {
  it('stops it, and applies nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aLoss(database)
    const report = await migrate(migrator)
    expect(verdict(report)).toBe('1 refused')
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'drop-cascade', force: 'needed' }))
  })

  it.each<[string, Asked]>([
    ['FORCE_RUN', { variables: { FORCE_RUN: 'true' } }],
    ['the flag', { given: { force: 'true' } }],
  ])('is applied with %s, which the history keeps with who ran it', async (_, asked) => {
    await using database = await aDatabase({ major })
    await using migrator = await aLoss(database)
    const report = await migrate(migrator, asked)
    expect(verdict(report)).toBe('0 applied: 02 applied')
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'drop-cascade', force: 'used', severity: 'warning' }),
    )
    expect(await forcedOf(database)).toEqual([
      { version: '01', event: 'applied', executed_by: 'octocat', forced: null },
      { version: '02', event: 'applied', executed_by: 'octocat', forced: 'drop-cascade' },
    ])
    const { events } = await migrator.run('history', { given: { environment: 'staging' } })
    expect(events.map(({ version, forced }) => [version, forced])).toEqual([
      ['02', 'drop-cascade'],
      ['01', null],
      ['', null],
    ])
  })

  it('is applied where the configuration of the environment answers', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aLoss(database)
    await migrator.project.write('devflow.yml', devflowYml('      force: [drop-cascade]\n'))
    expect(verdict(await migrate(migrator))).toBe('0 applied: 02 applied')
  })

  it('is asked about on a terminal', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aLoss(database)
    const listed: (readonly Finding[])[] = []
    const answering = (answer: boolean) => ({
      confirmForce: async (findings: readonly Finding[]) => {
        listed.push(findings)
        return answer
      },
    })
    expect(verdict(await migrate(migrator, { system: answering(true) }))).toBe('1 refused')
    expect(listed).toEqual([])
    expect(verdict(await migrate(migrator, { system: answering(false), ci: false }))).toBe('1 refused')
    const report = await migrate(migrator, { system: answering(true), ci: false })
    expect(verdict(report)).toBe('0 applied: 02 applied')
    expect(listed.map((findings) => findings.map(({ rule }) => rule))).toEqual([
      ['drop-cascade'],
      ['drop-cascade'],
    ])
    expect((await forcedOf(database)).slice(1)).toMatchObject([
      { event: 'refused', forced: null },
      { event: 'refused', forced: null },
      { event: 'applied', executed_by: 'octocat', forced: 'drop-cascade' },
    ])
  })

  it('is recorded of what failed, too', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aLoss(database)
    await migrator.write('02_b.sql', 'drop table a cascade; select 1/0;')
    await migrate(migrator, { variables: { FORCE_RUN: 'true' } })
    expect((await forcedOf(database))[1]).toMatchObject({ event: 'rehearsal-failed', forced: 'drop-cascade' })
  })
})
