import { expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator, verdict } from './a-migrator.js'

const START = `create table t (i int); create index old on t (i);
create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9);`

const WAITING = `from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query ilike '%concurrently%'`

/** Runs a file whose concurrent statement is cancelled while it waits for a writer. */
async function cancelled(
  database: TestDatabase,
  migrator: Migrator,
  sql: string,
  writes: string,
): Promise<Report> {
  await migrator.run('migrate')
  await migrator.write('02_i.sql', sql)
  await using other = await aClient(database.url)
  await other.query(`begin; ${writes}`)
  const running = migrator.run('migrate', { given: { rehearse: 'off' } })
  await until(async () => {
    const rows = await database.query(`select pg_cancel_backend(pid) ${WAITING}`)
    return rows.length > 0
  })
  const report = await running
  await other.query('rollback')
  return report
}

eachMajor('a statement outside a transaction that failed half-way', (major) => {
  it.each([
    [
      'alter table p detach partition q concurrently;',
      'insert into p values (1)',
      /^It left "q" half detached: .* the next run begins with ALTER TABLE "p" DETACH PARTITION "q" FINALIZE\.$/,
    ],
    [
      'drop index concurrently old;',
      'insert into t values (1)',
      /^It left the index public\.old INVALID, half dropped: .* the next run drops it\. .* REINDEX INDEX CONCURRENTLY public\.old first\.$/,
    ],
    [
      'create index concurrently ix on t (i);',
      'insert into t values (1)',
      /^It left the index public\.ix INVALID\. Mend .* begins with DROP INDEX CONCURRENTLY public\.ix, and builds it anew\.$/,
    ],
    [
      'reindex index concurrently old;',
      'insert into t values (1)',
      /^It left INVALID indexes beside those .* begins with DROP INDEX CONCURRENTLY IF EXISTS public\.old_ccnew;$/,
    ],
  ])('says what is left and what becomes of it: %s', async (sql, writes, hint) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': START })
    const report = await cancelled(database, migrator, sql, writes)
    expect(verdict(report)).toBe('1 failed: 02 failed')
    expect(report.outcomes[0]?.failure).toMatchObject({ hint: expect.stringMatching(hint), left: true })
    const text = renderTerminal(report, { color: false })
    expect(text).toContain('02_i.sql is half done: what is left of it')
    expect(text).not.toMatch(/rolled back|Nothing of/)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
  })

  it('asks for nothing to be mended where the run was asked to end', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': START })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', 'create index concurrently ix on t (i);')
    await using other = await aClient(database.url)
    await other.query('begin; insert into t values (1)')
    const ending = new AbortController()
    const running = migrator.run('migrate', { given: { rehearse: 'off' }, system: { signal: ending.signal } })
    await until(async () => (await database.query(`select pid ${WAITING}`)).length > 0)
    ending.abort('SIGTERM')
    const report = await running
    await other.query('rollback')
    expect(verdict(report)).toBe('143 cancelled: 02 failed')
    expect(report.outcomes[0]?.failure?.hint).toBe(
      'It left the index public.ix INVALID. Run again: the next run begins with DROP INDEX CONCURRENTLY public.ix, and builds it anew.',
    )
  })

  it('says so too where an edited file is stopped by it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': START })
    await cancelled(database, migrator, 'drop index concurrently old;', 'insert into t values (1)')
    for (const text of ['select 1;', '-- devflow:no-transaction\nselect 1;']) {
      await migrator.write('02_i.sql', text)
      const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
      expect(verdict(report)).toBe('1 failed: 02 failed')
      expect(renderTerminal(report, { color: false })).toMatch(
        /02_i\.sql is half done: .* Do what the error says, and run again\./,
      )
    }
  })

  it('names what is left with its schema, which people need whose search path is another', async () => {
    await using database = await aDatabase({ major })
    const twice = 'create schema app; create table app.t (i int); insert into app.t values (1), (1);'
    await using migrator = await aMigrator(database.url, { '01_t.sql': twice })
    await migrator.run('migrate')
    const sql = 'set search_path = app; create unique index concurrently "T x" on t (i);'
    await migrator.write('02_i.sql', `-- devflow:no-transaction\n${sql}`)
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.outcomes[0]?.failure?.hint).toBe(
      'It left the index app."T x" INVALID. Mend what made the build fail, then run again: the next run begins with DROP INDEX CONCURRENTLY app."T x", and builds it anew.',
    )
    await database.query('truncate app.t')
    expect(verdict(await migrator.run('migrate', { given: { rehearse: 'off' } }))).toBe(
      '0 applied: 02 applied',
    )
  })

  it('says that nothing was kept where nothing is left', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': START,
      '02_i.sql': 'create index concurrently ix on t (nope);',
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(report.outcomes[1]?.failure?.left).toBeUndefined()
    expect(renderTerminal(report, { color: false })).toContain('Nothing of 02_i.sql was kept.')
  })
})
