import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int PRIMARY KEY, name text);',
  '02_orders.sql': 'CREATE TABLE orders (id int); CREATE INDEX by_id ON orders (id);',
  '03_next.sql': 'CREATE TABLE next (id int);',
}

const THERE = `${FILES['01_users.sql']} ${FILES['02_orders.sql']}`

function steps(report: Report): string {
  const told = report.operation?.steps.map(({ what, state }) => `${what}: ${state}`) ?? []
  return [`${report.exitCode} ${report.status}`, ...told].join('\n')
}

describe('a baseline', () => {
  it('records files as applied without running them, and migrate goes on after them', async () => {
    await using database = await aDatabase({ major: 18 })
    await using client = await aClient(database.url)
    await client.query(THERE)
    await using migrator = await aMigrator(database.url, FILES)
    const given = { to: '02', reason: 'made before there was a history' }

    const shown = await migrator.run('baseline', { given: { ...given, 'dry-run': 'true' } })
    expect(steps(shown)).toBe(
      '0 planned\nrecord 01_users.sql as applied, without running it: planned\nrecord 02_orders.sql as applied, without running it: planned',
    )
    expect((await migrator.run('status')).records).toEqual([])

    await migrator.write('R__views.sql', 'CREATE OR REPLACE VIEW v AS SELECT id FROM users;')
    const done = await migrator.run('baseline', { given })
    expect(done.status).toBe('applied')
    expect(steps(await migrator.run('baseline', { given }))).toBe('0 up-to-date')
    const { events } = await migrator.run('history')
    expect(events.map(({ event, version }) => `${event} ${version}`)).toEqual([
      'baselined 02',
      'baselined 01',
      'anchor ',
    ])
    expect(events[0]).toMatchObject({ action: 'baseline', detail: 'made before there was a history' })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 03 applied, R__views applied')
    expect(steps(await migrator.run('baseline'))).toBe('0 up-to-date')
    const verified = await migrator.run('verify')
    expect([verified.exitCode, verified.findings]).toEqual([0, []])
  })

  it('is refused where the history holds what does not come first, or another text, or what failed', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, { '03_next.sql': FILES['03_next.sql'] })
    await migrator.run('migrate')
    for (const [name, sql] of Object.entries(FILES)) await migrator.write(name, sql)
    const gap = await migrator.run('baseline', { given: { to: '02' } })
    expect([gap.status, trouble(gap)]).toEqual([
      'refused',
      expect.stringContaining('The history holds 03_next.sql as applied'),
    ])
    await migrator.run('repair', { given: { reverted: '03', reason: 'a test' } })
    const reverted = await migrator.run('baseline')
    expect(trouble(reverted)).toContain('03_next.sql is recorded as rolled_back')
    expect(reverted.problems[0]?.help).toContain('if not, take an earlier version for the baseline.')
    await migrator.run('baseline', { given: { to: '01' } })
    await migrator.write('01_users.sql', 'CREATE TABLE others (id int);')
    expect(trouble(await migrator.run('baseline', { given: { to: '02' } }))).toContain(
      '01_users.sql: recorded as applied with another text',
    )
  })

  it('is compared with what its files make on a shadow, by object', async () => {
    await using database = await aDatabase({ major: 18 })
    await using client = await aClient(database.url)
    // Owned by another role than migrations run as, as what was there before mostly is.
    const other = `other_${database.name}`
    await client.query(`CREATE ROLE ${other}; ${THERE} ALTER TABLE users OWNER TO ${other};
      ALTER TABLE users ALTER COLUMN name SET NOT NULL; DROP INDEX by_id;`)
    await using migrator = await aMigrator(database.url, FILES)
    const given = { to: '02', verify: 'true', 'shadow-url': database.url }

    const refused = await migrator.run('baseline', { given })
    expect(refused.status).toBe('refused')
    expect(refused.findings.map(({ message }) => message)).toEqual([
      'The column public.users.name is otherwise in the database (is) than the files make it (was): it has `NOT NULL` now.',
      'The index public.by_id is made by the files, and is not in the database.',
    ])
    expect((await migrator.run('status')).records).toEqual([])

    await client.query(
      'ALTER TABLE users ALTER COLUMN name DROP NOT NULL; CREATE INDEX by_id ON orders (id);',
    )
    const done = await migrator.run('baseline', { given })
    expect(steps(done)).toContain('0 applied')
    expect(done.notes.join()).toContain('The files of the baseline make what is in the database')
    await client.query(`ALTER TABLE users OWNER TO CURRENT_USER; DROP ROLE ${other}`)
  })
})
