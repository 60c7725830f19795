import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, rehearsed, verdict } from './a-migrator.js'

const off = { rehearse: 'off', 'transaction-timeout': '2s' }

describe('transaction_timeout on PostgreSQL 18', () => {
  it('is the failure of the file that runs into it, which is run once, and recorded', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (); create sequence tries;',
      '02_b.sql': `create table b ();\nselect nextval('tries'), pg_sleep(60);`,
      '03_c.sql': 'create table c ();',
    })
    const report = await migrator.run('migrate', { given: off })
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed, 03 not-run')
    expect(report.outcomes[1]?.failure).toMatchObject({
      code: '25P04',
      message: 'terminating connection due to transaction timeout',
      hint: 'transaction_timeout is 2s for this run (transaction-timeout). Raise it there, or for this file alone with -- devflow:transaction-timeout=…; or split the file.',
      position: { line: 2 },
    })
    expect(report.outcomes[1]?.attempts).toBe(1)
    expect(await database.query('select last_value::int as n from tries')).toEqual([{ n: 1 }])
    const history =
      'select event, error_message as why from devflow.migration_history order by seq desc limit 1'
    expect(await database.query(history)).toEqual([
      { event: 'failed', why: 'terminating connection due to transaction timeout' },
    ])
  })

  it.each([
    ['of the directive', '-- devflow:transaction-timeout=1500ms\n', '0', /is 1500ms by the file's directive/],
    ['of the file itself', `set local transaction_timeout = '1500ms';\n`, '0', /is set by the file itself/],
    [
      'that is shorter than the run’s',
      '-- devflow:transaction-timeout=1500ms\n',
      '1m',
      /is 1500ms by the file/,
    ],
  ])('names the limit %s', async (_, begins, ofRun, hint) => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, { '01_a.sql': `${begins}select pg_sleep(60);` })
    const given = { rehearse: 'off', 'transaction-timeout': ofRun }
    const report = await migrator.run('migrate', { given })
    expect(verdict(report)).toBe('1 failed: 01 failed')
    expect(report.outcomes[0]?.failure).toMatchObject({ code: '25P04', hint: expect.stringMatching(hint) })
  })

  it('is as long as the directive of a file says, also where the run has a shorter one', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:transaction-timeout=60s\nselect pg_sleep(3.5);',
      '02_b.sql': 'select pg_sleep(1.6);',
      '03_c.sql': 'select pg_sleep(1.6);',
    })
    const report = await migrator.run('migrate', { given: { 'transaction-timeout': '3s' } })
    expect(rehearsed(report)).toBe('01 rehearsed, 02 rehearsed, 03 rehearsed')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
  })

  it('fails all files of one transaction by the one that was at work', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (); select pg_sleep(0.3)',
      '02_b.sql': 'select pg_sleep(60);',
    })
    const report = await migrator.run('migrate', { given: { ...off, transaction: 'all' } })
    expect(verdict(report)).toBe('1 failed: 01 not-run, 02 failed')
    expect(report.outcomes[1]?.failure).toMatchObject({
      code: '25P04',
      hint: expect.stringContaining('is 2s for this run'),
    })
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
  })

  it('stops a file outside a transaction once, and the next run goes on there', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table t (n int); insert into t select generate_series(1, 200); create sequence tries;
create function slow (n int) returns int immutable language plpgsql as $$ begin
  if n = 1 then perform nextval('public.tries'); end if; perform pg_sleep(0.025); return n; end $$;`,
    })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', 'create table u ();\ncreate index concurrently i on t (slow(n));')
    const report = await migrator.run('migrate', { given: off })
    expect(verdict(report)).toBe('1 partial: 02 partial')
    expect(report.outcomes[0]?.failure).toMatchObject({ code: '25P04', statement: 2 })
    expect(report.outcomes[0]?.atomicity).toContain('CREATE INDEX CONCURRENTLY')
    expect(await database.query('select last_value::int as n from tries')).toEqual([{ n: 1 }])
    const second = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(second)).toBe('0 applied: 02 applied')
    const indexes = `select indisvalid from pg_index where indrelid = 't'::regclass`
    expect(await database.query(indexes)).toEqual([{ indisvalid: true }])
  })

  const SLOW = `create function slow() returns event_trigger language plpgsql as $$ begin perform pg_sleep(60); end $$;
    create event trigger slow on ddl_command_start execute function slow()`

  it.each([
    ['in one message with files', '', off],
    ['before a file outside a transaction', '-- devflow:no-transaction\n', off],
    ['in one transaction with all files', '', { ...off, transaction: 'all' }],
    ['in a rehearsal', '', { ...off, rehearse: 'target' }],
  ])('is told as what it is while only the tracking tables are made: %s', async (_, begins, given) => {
    await using database = await aDatabase({ major: 18 })
    await database.query(SLOW)
    await using migrator = await aMigrator(database.url, { '01_a.sql': `${begins}select 1;` })
    const report = await migrator.run('migrate', { given })
    expect([report.exitCode, report.outcomes.filter(({ state }) => state !== 'not-run')]).toEqual([2, []])
    expect(report.problems).toEqual([
      {
        message: expect.stringMatching(
          /^The tracking tables .*can not be created or upgraded.*: terminating connection due to transaction timeout\.$/,
        ),
        help: 'transaction_timeout is 2s for this run (transaction-timeout). Raise it, and run again.',
      },
    ])
    expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toEqual([])
    expect(await database.query(`select to_regnamespace('devflow') as made`)).toEqual([{ made: null }])
  })

  it('is told as what it is where a baseline makes them', async () => {
    await using database = await aDatabase({ major: 18 })
    await database.query(SLOW)
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'select 1;' })
    const report = await migrator.run('baseline', { given: { 'transaction-timeout': '2s', to: '01' } })
    expect(report.operation?.steps).toMatchObject([
      {
        state: 'failed',
        failure: {
          code: '25P04',
          hint: 'transaction_timeout is 2s for this run (transaction-timeout). Raise it, and run again.',
        },
      },
    ])
    expect(migrator.events.filter(({ kind }) => kind === 'reconnecting')).toEqual([])
  })

  it('is a failure in a rehearsal too, which is not repeated, and recorded', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': 'select pg_sleep(60);',
    })
    await migrator.run('migrate', { given: { to: '01' } })
    await migrator.write('03_c.sql', 'create table c ();')
    const report = await migrator.run('migrate', { given: { 'transaction-timeout': '2s' } })
    expect(rehearsed(report)).toBe('02 failed, 03 not-run')
    expect(verdict(report)).toBe('1 failed: 02 not-run, 03 not-run')
    expect(report.rehearsal[0]?.failure).toMatchObject({
      code: '25P04',
      hint: expect.stringContaining('transaction_timeout is 2s for this run'),
    })
    const rows = 'select version, status from devflow.schema_migrations order by 1'
    expect(await database.query(rows)).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'failed' },
    ])
  })
})

eachMajor('statement_timeout', (major) => {
  it.each([
    ['of the run', '', '1s', /^statement_timeout is 1s for this run \(statement-timeout\)\. Raise it there/],
    [
      'of the file',
      '-- devflow:statement-timeout=1s\n',
      '0',
      /is 1s by the file's directive devflow:statement/,
    ],
    ['that the file sets', "set statement_timeout = '1s';\n", '0', /is set by the file itself/],
    ['outside of a transaction', '-- devflow:no-transaction\n', '1s', /is 1s for this run/],
  ])('is named with who set it, where a statement runs into it: %s', async (_, begins, ofRun, hint) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': `${begins}select pg_sleep(60);` })
    const report = await migrator.run('migrate', { given: { rehearse: 'off', 'statement-timeout': ofRun } })
    expect(report.outcomes[0]?.failure).toMatchObject({ code: '57014', hint: expect.stringMatching(hint) })
  })
})
