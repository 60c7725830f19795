import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeDriftText } from '../../src/render/drift-text.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator, type Migrator } from './a-migrator.js'

const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int);',
  '02_orders.sql': 'CREATE TABLE orders (id int);',
}

function steps(report: Report): string {
  const told = report.operation?.steps.map(({ what, state }) => `${what}: ${state}`) ?? []
  return [`${report.exitCode} ${report.status}`, ...told].join('\n')
}

function wrong({ problems }: Report): string {
  return problems.map(({ message }) => message).join('\n')
}

async function recorded(migrator: Migrator): Promise<string[]> {
  const { records } = await migrator.run('status')
  return records.map(({ version, name, status }) => `${version} ${name} ${status}`).sort()
}

async function told(migrator: Migrator) {
  const { events } = await migrator.run('history')
  return events.map(({ event, action, version, detail, executedBy }) => ({
    event,
    action,
    version,
    detail,
    executedBy,
  }))
}

const because = { reason: 'run by hand, see INC-7' }

describe('repair', () => {
  it('records a file as applied that was run by hand, after it was shown as a plan', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate', { given: { to: '01' } })
    const given = { applied: '02', ...because }

    const shown = await migrator.run('repair', { given: { ...given, 'dry-run': 'true' } })
    expect(steps(shown)).toBe('0 planned\nmark 02_orders.sql as applied: planned')
    expect(shown.plan?.hash).toMatch(/^v1:sha256:/)
    expect(await recorded(migrator)).toEqual(['01 01_users.sql completed'])

    const hash = shown.plan?.hash ?? ''
    const done = await migrator.run('repair', { given: { ...given, 'expected-plan-hash': hash } })
    expect(steps(done)).toBe('0 applied\nmark 02_orders.sql as applied: done')
    expect([shown.plan?.deferred.length, done.plan?.deferred]).toEqual([1, []])
    expect(await recorded(migrator)).toEqual(['01 01_users.sql completed', '02 02_orders.sql completed'])
    expect((await told(migrator))[0]).toEqual({
      event: 'repaired',
      action: 'repair',
      version: '02',
      detail: expect.stringMatching(
        /^run by hand, see INC-7 \(before: no record; after: completed sha256:[0-9a-f]{64}\)$/,
      ),
      executedBy: 'octocat',
    })
    expect((await migrator.run('migrate')).status).toBe('up-to-date')
    expect((await migrator.run('verify')).exitCode).toBe(0)

    const again = await migrator.run('repair', { given })
    expect(steps(again)).toBe('0 up-to-date')
    expect(again.notes.join()).toContain('02_orders.sql is recorded as applied already')
    const other = await migrator.run('repair', { given: { ...given, 'expected-plan-hash': hash } })
    expect([other.exitCode, wrong(other)]).toEqual([1, expect.stringContaining('expected-plan-hash is')])
  })

  it('takes an applied migration back to pending, and accepts an edited file, all or none', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await migrator.write('01_users.sql', 'CREATE TABLE users (id int); -- who buys')
    expect((await migrator.run('migrate')).drift).toHaveLength(1)

    const refused = await migrator.run('repair', {
      given: { reverted: '02', 'accept-checksum': '07', ...because },
    })
    expect(steps(refused)).toBe('1 refused')
    expect(wrong(refused)).toContain('Version 07 is neither in the folder nor recorded.')
    expect(await recorded(migrator)).toContain('02 02_orders.sql completed')

    const done = await migrator.run('repair', {
      given: { reverted: '2', 'accept-checksum': '01', ...because },
    })
    expect(steps(done)).toBe(
      '0 applied\nmark 02_orders.sql as reverted: done\naccept 01_users.sql as it is now: done',
    )
    expect(await recorded(migrator)).toEqual(['01 01_users.sql completed', '02 02_orders.sql rolled_back'])
    const verified = await migrator.run('verify')
    expect([verified.drift, verified.exitCode, verified.status]).toEqual([[], 1, 'pending'])
    await using client = await aClient(database.url)
    await client.query('DROP TABLE orders')
    expect((await migrator.run('migrate')).status).toBe('applied')
    expect(await recorded(migrator)).toEqual(['01 01_users.sql completed', '02 02_orders.sql completed'])
  })

  it('takes no other file for the one that was applied, whose version it has', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    await migrator.project.remove('migrations/02_orders.sql')
    await migrator.write('02_payments.sql', 'CREATE TABLE payments (id int);')
    const words = 'Version 02 was applied as 02_orders.sql. 02_payments.sql is another file'
    const [drift] = (await migrator.run('migrate')).drift
    expect(drift?.kind).toBe('replaced')
    expect(drift && makeDriftText(drift, (name) => name).message).toContain(words)

    for (const asked of ['accept-checksum', 'applied']) {
      const refused = await migrator.run('repair', { given: { [asked]: '02', ...because } })
      expect([steps(refused), wrong(refused)]).toEqual(['1 refused', expect.stringContaining(words)])
    }
    // As the way out says: it is the same migration, renamed and edited.
    await migrator.project.remove('migrations/02_payments.sql')
    await migrator.write('02_orders.sql', 'CREATE TABLE payments (id int);')
    const done = await migrator.run('repair', { given: { 'accept-checksum': '02', ...because } })
    expect(steps(done)).toBe('0 applied\naccept 02_orders.sql as it is now: done')
  })

  it('clears what failed or was left half done, and never what is applied', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      ...FILES,
      '03_half.sql': '-- devflow:no-transaction\nCREATE TABLE half (id int);\nSELECT 1/0;',
    })
    await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(await recorded(migrator)).toContain('03 03_half.sql partial')

    const never = await migrator.run('repair', { given: { clear: '01', ...because } })
    expect(wrong(never)).toContain('a record of what is applied is not cleared')
    const done = await migrator.run('repair', { given: { clear: '03', ...because } })
    expect(steps(done)).toBe('0 applied\nclear the record of 03_half.sql, which is partial: done')
    expect(done.operation?.steps[0]?.details?.join(' ')).toContain('1 of its statements is done')
    expect(await recorded(migrator)).toHaveLength(2)
    expect((await told(migrator)).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['repaired', 'partial']),
    )
    const verified = await migrator.run('verify')
    expect(verified.findings).toEqual([])
    expect(verified.notes.join()).not.toContain('can not be told')
  })

  it.each([
    [{ applied: '01' }, 'repair was given no reason'],
    [because, 'repair was not told what to correct'],
    [{ applied: '01,,02', ...because }, 'where a version is empty'],
    [{ clear: '01', ...because, reason: 'x'.repeat(1_001) }, 'has 1001 characters'],
  ])('is not done with %j', async (given, message) => {
    await using migrator = await aMigrator('postgres://nobody@127.0.0.1:9/none', FILES)
    const report = await migrator.run('repair', { given })
    expect([report.exitCode, wrong(report)]).toEqual([2, expect.stringContaining(message)])
  })

  it('is asked about where somebody is there, and not done without a yes', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    const asked: string[] = []
    const report = await migrator.run('repair', {
      given: { applied: '01,02', ...because },
      ci: false,
      system: {
        confirmOperation: async ({ steps: shown }) => {
          asked.push(...shown.map(({ what }) => what))
          return false
        },
      },
    })
    expect(asked).toEqual(['mark 01_users.sql as applied', 'mark 02_orders.sql as applied'])
    expect([report.status, await recorded(migrator)]).toEqual(['cancelled', []])
  })
})
