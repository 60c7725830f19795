import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator } from './a-migrator.js'
import { aProxy } from './a-proxy.js'

/** A migration of each style that a down part is kept in. */
const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int);',
  '01_users.down.sql': 'DROP TABLE users;',
  '02_orders.sql': 'CREATE TABLE orders (id int);',
  '02_orders.undo.sql': '-- migrate:down\nDROP TABLE orders;',
  '03_dbmate.sql': '-- migrate:up\nCREATE TABLE c (id int);\n\n-- migrate:down\nDROP TABLE c;\n',
  '04_goose.sql': '-- +goose Up\nCREATE TABLE d (id int);\n-- +goose Down\nDROP TABLE d;\n',
  '05_sql_migrate.sql': '-- +migrate Up\nCREATE TABLE e (id int);\n-- +migrate Down\nDROP TABLE e;\n',
  '06_node.sql': '-- Up Migration\nCREATE TABLE f (id int);\n-- Down Migration\nDROP TABLE f;\n',
}

function told(report: Report): string {
  const steps = report.operation?.steps.map(({ version, state }) => `${version} ${state}`) ?? []
  return `${report.exitCode} ${report.status}: ${steps.join(', ')}`
}

function wrong({ problems, findings, operation }: Report): string {
  return JSON.stringify({ problems, findings, operation })
}

async function tables(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  )
  return rows.map(({ name }) => name).join(' ')
}

async function statuses(migrator: Migrator): Promise<string> {
  const { records } = await migrator.run('status')
  return records
    .map(({ version, status }) => `${version} ${status}`)
    .sort()
    .join(', ')
}

eachMajor('a rollback', (major) => {
  it('undoes migrations by whatever down part they have, the newest first, and they are pending again', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate')
    const shown = await migrator.run('rollback', { given: { to: '01', 'dry-run': 'true' } })
    expect(told(shown)).toBe('0 planned: 06 planned, 05 planned, 04 planned, 03 planned, 02 planned')
    expect(shown.rehearsal.map(({ version, state }) => `${version} ${state}`)).toEqual(
      ['06', '05', '04', '03', '02'].map((version) => `${version} rehearsed`),
    )
    expect(await tables(database)).toBe('c d e f orders users')

    const hash = shown.plan?.hash ?? ''
    const given = { to: '01', 'expected-plan-hash': hash, reason: 'INC-7' }
    const report = await migrator.run('rollback', { given })
    expect(told(report)).toBe('0 applied: 06 done, 05 done, 04 done, 03 done, 02 done')
    expect(report.operation?.steps[0]?.what).toBe('undo 06_node.sql, by the down section of the file')
    expect(report.operation?.steps[4]?.what).toBe('undo 02_orders.sql, by 02_orders.undo.sql')
    expect(await tables(database)).toBe('users')
    expect(report.plan?.deferred.map(({ file }) => file.version)).toEqual(['02', '03', '04', '05', '06'])
    expect(await statuses(migrator)).toBe(
      '01 completed, 02 rolled_back, 03 rolled_back, 04 rolled_back, 05 rolled_back, 06 rolled_back',
    )
    const { events } = await migrator.run('history')
    expect(events.slice(0, 5).map(({ event, action, version }) => `${event} ${action} ${version}`)).toEqual(
      ['02', '03', '04', '05', '06'].map((version) => `rolled-back rollback ${version}`),
    )
    expect(events[0]).toMatchObject({
      name: '02_orders.sql',
      planHash: hash,
      status: 'success',
      detail: 'INC-7',
    })
    const again = await migrator.run('migrate')
    expect([again.status, again.outcomes.length, again.findings]).toEqual(['applied', 5, []])
    const verified = await migrator.run('verify')
    expect([verified.exitCode, verified.findings]).toEqual([0, []])
  })

  it('has each commit wait for the disk: of what a crash took, nothing would tell', async () => {
    await using database = await aDatabase({ major })
    let sent = ''
    await using proxy = await aProxy(database.url, (client, openRemote) => {
      const remote = openRemote()
      client.on('data', (data) => {
        sent += data.toString('latin1')
        remote.write(data)
      })
      remote.on('data', (data) => client.write(data))
    })
    await using migrator = await aMigrator(proxy.url, {
      '01_a.sql': 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;',
      '02_b.sql': 'CREATE TABLE b (id int);\n-- migrate:down\nDROP TABLE b;',
    })
    await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(sent).toContain("set_config('synchronous_commit', 'off'")
    sent = ''
    expect(told(await migrator.run('rollback', { given: { steps: '2', rehearse: 'off' } }))).toBe(
      '0 applied: 02 done, 01 done',
    )
    expect(sent).toContain("SET status = 'rolled_back'")
    expect(sent).not.toContain("set_config('synchronous_commit', 'off'")
  })

  it('of statements outside a transaction goes on behind what is done, and migrate does not take it for its own', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_index.sql':
        '-- devflow:no-transaction\nCREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY by_id ON t (id);',
      '01_index.down.sql': 'DROP INDEX CONCURRENTLY by_id;\nDROP TABLE t;\n',
    })
    await migrator.run('migrate')
    await using client = await aClient(database.url)
    await client.query('CREATE VIEW v AS SELECT id FROM t')
    const given = { steps: '1', rehearse: 'off' }
    const half = await migrator.run('rollback', { given })
    expect([told(half), await statuses(migrator)]).toEqual(['1 partial: 01 partial', '01 partial'])
    expect(wrong(half)).toContain('other objects depend on it')
    expect(half.operation?.steps[0]?.details?.join()).toContain('It is undone in part')
    expect(wrong(await migrator.run('migrate'))).toContain('It is undone in part')
    const cleared = { clear: '01', reason: 'x', 'dry-run': 'true' }
    expect(wrong(await migrator.run('repair', { given: cleared }))).toContain(
      'It is undone in part, and stays so',
    )
    expect((await migrator.run('verify')).findings.filter(({ rule }) => rule === 'history-chain')).toEqual([])

    await client.query('DROP VIEW v')
    expect(told(await migrator.run('rollback', { given }))).toBe('0 applied: 01 done')
    expect([await tables(database), await statuses(migrator)]).toEqual(['', '01 rolled_back'])
    expect((await migrator.run('migrate')).status).toBe('applied')
  })

  it('that fails leaves the migration applied, and is part of the history', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);',
      '01_a.down.sql': 'DROP TABLE a;',
      '02_b.sql': 'CREATE TABLE b (id int);',
      '02_b.down.sql': 'DROP TABLE b;',
    })
    await migrator.run('migrate')
    await using client = await aClient(database.url)
    await client.query('CREATE VIEW v AS SELECT id FROM a')
    const dry = await migrator.run('rollback', { given: { to: '0', 'dry-run': 'true' } })
    expect(told(dry)).toBe('1 failed: 02 not-run, 01 failed')
    const rehearsed = await migrator.run('rollback', { given: { to: '0' } })
    expect([told(rehearsed), await tables(database)]).toEqual(['1 failed: 02 not-run, 01 failed', 'a b'])
    const run = await migrator.run('rollback', { given: { to: '0', rehearse: 'off' } })
    expect([told(run), await tables(database)]).toEqual(['1 partial: 02 done, 01 failed', 'a'])
    expect(await statuses(migrator)).toBe('01 completed, 02 rolled_back')
    const { events } = await migrator.run('history')
    expect(events.slice(0, 3).map(({ event, action, version }) => `${event} ${action} ${version}`)).toEqual([
      'failed rollback 01',
      'rolled-back rollback 02',
      'rehearsal-failed rollback 01',
    ])
    const verified = await migrator.run('verify')
    expect(verified.findings).toEqual([])
    const together = { to: '0', rehearse: 'off', transaction: 'all' }
    await migrator.run('migrate')
    expect(told(await migrator.run('rollback', { given: together }))).toContain('1 failed: ')
    expect(await statuses(migrator)).toBe('01 completed, 02 completed')
    await client.query('DROP VIEW v')
    expect(told(await migrator.run('rollback', { given: together }))).toBe('0 applied: 02 done, 01 done')
  })
})

describe('a rollback', () => {
  it('is refused where it would tear something out from under something else', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);',
      '01_a.down.sql': 'DROP TABLE a;',
      '02_b.sql': '-- @depends-on: 01_a.sql\nCREATE TABLE b (id int);',
      '02_b.down.sql': 'DROP TABLE b;',
      '03_c.sql': 'CREATE TABLE c (id int);',
    })
    await migrator.run('migrate')
    const messages = async (given: Readonly<Record<string, string>>) =>
      wrong(await migrator.run('rollback', { given }))
    expect(await messages({ version: '01' })).toContain('01_a.sql is needed by 02_b.sql')
    expect(await messages({ version: '02' })).toContain(
      '02_b.sql would be undone below what was applied after it: 03_c.sql',
    )
    expect(await messages({ steps: '1' })).toContain('03_c.sql: there is no down part, so nothing is undone')
    expect(await messages({ steps: '9' })).toContain('steps is 9, and 3 migrations are applied')
    expect(await messages({ to: '07' })).toContain('no migration has that version')
    expect(await messages({})).toContain('rollback was not told how far to go back')
    expect(await messages({ steps: '0' })).toContain('it must be a whole number')
    expect(await messages({ steps: '1', to: '01' })).toContain('Give one of them')
    const allowed = { version: '02', 'allow-out-of-order': 'true' }
    expect(told(await migrator.run('rollback', { given: allowed }))).toBe('0 applied: 02 done')
    expect(await messages({ version: '02' })).toContain('02_b.sql is not applied')
    expect(await tables(database)).toBe('a c')
  })

  it('is refused for a file that was edited since, unless it is forced, and for two down parts', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;',
    })
    await migrator.run('migrate')
    await migrator.write('01_a.sql', 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a CASCADE;')
    const given = { steps: '1' }
    const refused = await migrator.run('rollback', { given })
    expect([refused.status, wrong(refused)]).toEqual([
      'refused',
      expect.stringContaining('01_a.sql: edited after it was applied'),
    ])
    await migrator.write('01_a.down.sql', 'DROP TABLE a;')
    expect(wrong(await migrator.run('rollback', { given: { ...given, force: 'true' } }))).toContain(
      'both undo version 01',
    )
    await migrator.write('01_a.down.sql', '-- nothing here')
    const forced = await migrator.run('rollback', { given: { ...given, force: 'true' } })
    expect(told(forced)).toBe('0 applied: 01 done')
  })

  it('that drops what is there has to be forced in production, and names who did', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      'V1__a.sql': 'CREATE TABLE a (id int);',
      'U1__a.sql': 'DROP TABLE a;',
    })
    const asked = {
      given: { environment: 'production', rehearse: 'off' },
      variables: { CONFIRM_PRODUCTION_MIGRATION: 'true' },
    }
    await migrator.run('migrate', asked)
    const rollback = (given: Readonly<Record<string, string>>, variables = asked.variables) =>
      migrator.run('rollback', { given: { ...asked.given, steps: '1', ...given }, variables })
    expect(wrong(await rollback({}))).toContain('drop-table')
    expect(
      (await rollback({}, { CONFIRM_PRODUCTION_MIGRATION: 'false' })).problems
        .map(({ message }) => message)
        .join(),
    ).toContain('nothing confirms')
    expect(told(await rollback({ force: 'true' }))).toBe('0 applied: 1 done')
    const { events } = await migrator.run('history', asked)
    expect(events[1]).toMatchObject({
      event: 'refused',
      action: 'rollback',
      errorMessage: expect.stringContaining('(drop-table)'),
    })
    expect(events[0]).toMatchObject({ event: 'rolled-back', forced: expect.stringContaining('drop-table') })
  })

  it('tells what other hands changed since, and stops at it where the environment says so', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);',
      '01_a.down.sql': 'DROP TABLE a;',
    })
    await migrator.run('migrate')
    await database.query('CREATE TABLE by_hand (id int)')
    const given = { steps: '1' }
    const rules = ({ findings }: Report) => findings.map(({ rule, severity }) => `${rule} ${severity}`)
    const shown = await migrator.run('rollback', { given: { ...given, 'dry-run': 'true' } })
    expect([shown.status, rules(shown)]).toEqual([
      'planned',
      expect.arrayContaining(['schema-drift warning']),
    ])
    await migrator.project.write(
      'devflow.yml',
      'database:\n  environments:\n    test:\n      class: development\n      url_env: DATABASE_URL\n      schema-drift: error\n',
    )
    for (const dryRun of ['true', 'false']) {
      const refused = await migrator.run('rollback', { given: { ...given, 'dry-run': dryRun } })
      expect([told(refused), rules(refused)]).toEqual([
        '1 refused: 01 not-run',
        expect.arrayContaining(['schema-drift error']),
      ])
    }
    await database.query('DROP TABLE by_hand')
    expect(told(await migrator.run('rollback', { given }))).toBe('0 applied: 01 done')
    expect((await migrator.run('verify')).findings).toEqual([])
  })

  it('of what has no down part can be proposed as a new migration, which is not run', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_users.sql': 'CREATE TABLE users (id int);',
      '02_orders.sql':
        "BEGIN;\nCREATE TABLE orders (id int, token text DEFAULT 'hunter2');\nALTER TABLE users ADD COLUMN name text;\nINSERT INTO users VALUES (1);\nCOMMIT;",
    })
    await migrator.run('migrate')
    const given = { steps: '1', propose: 'true' }
    const asked = { given }
    expect(told(await migrator.run('rollback', { given: { ...given, 'dry-run': 'true' } }))).toBe(
      '0 planned: undefined planned',
    )
    const report = await migrator.run('rollback', asked)
    expect([told(report), report.operation?.steps[0]?.what]).toEqual([
      '0 applied: undefined done',
      'write migrations/03_undo_orders.sql, which reverses 02_orders.sql',
    ])
    expect(
      await migrator.project.read('migrations/03_undo_orders.sql'),
    ).toBe(`-- Proposed as the reverse of what is named below. Read it before it is merged: rows that were changed or deleted do not
-- come back by it, and what is marked BY HAND is to be written.

-- 02_orders.sql
-- BY HAND, line 4: its text does not tell what was there before
ALTER TABLE users DROP COLUMN name;
DROP TABLE orders;
`)
    expect(await tables(database)).toBe('orders users')
    expect((await migrator.run('migrate')).status).toBe('applied')
    expect(await tables(database)).toBe('users')
    const two = await migrator.run('rollback', asked)
    expect(two.operation?.steps[0]?.what).toContain('04_undo_undo_orders.sql')
  })

  it('that is ended in the middle leaves the migration applied, and says so', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'CREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;\nSELECT pg_sleep(60);',
    })
    await migrator.run('migrate')
    const ending = new AbortController()
    const running = migrator.run('rollback', {
      given: { steps: '1', rehearse: 'off' },
      system: { signal: ending.signal },
    })
    await until(async () => {
      const asleep = await database.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
      )
      return asleep.length > 0
    })
    ending.abort('SIGTERM')
    expect(told(await running)).toBe('143 cancelled: 01 failed')
    expect([await tables(database), await statuses(migrator)]).toEqual(['a', '01 completed'])
    const { events } = await migrator.run('history')
    expect(events[0]).toMatchObject({ event: 'cancelled', action: 'rollback', version: '01' })
  })
})
