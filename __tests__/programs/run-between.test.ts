import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import type { System } from '../../src/programs/system.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCuttingProxy } from './a-cutting-proxy.js'
import { aMigrator, verdict } from './a-migrator.js'

const BEFORE = {
  '01_a.sql': 'create table a (n int);',
  '02_b.sql': 'create table b (n int);\n-- migrate:down\ndrop table b;',
}
/** Sleeps the first time, until the server notices that its client is gone: a busy one may take long. */
const SLEEPS = "perform pg_sleep(case nextval('tries') when 1 then 60 else 0 end);"
/** Is cut in the middle, and leaves nothing. */
const CUT_WITHIN = `do $$ begin raise notice 'cut it here'; ${SLEEPS} end $$;\ncreate table e (n int);`
/** Is cut in the middle too, once the run has heard of what was committed before. */
const CUT_LATER = `do $$ begin while not (select is_called from heard) loop perform pg_sleep(0.02); end loop;
  raise notice 'cut it here'; ${SLEEPS} end $$;`
/** Is cut after its COMMIT. */
const CUT_BEHIND = 'create table e (n int);\n-- migrate:down\ndrop table e;'
/** In a message of its own. */
const NEXT = 'insert into a values (6); vacuum a;'

const within = ['cut it here', 'cut it here'] as const
const behind = ['create table e', 'COMMIT'] as const

async function aDatabaseToCut(major: Major): Promise<TestDatabase> {
  const database = await aDatabase({ major })
  await database.query('create sequence tries; create sequence heard')
  return database
}

/** Lets the file go on that waits for it. */
function hearsOf({ query }: TestDatabase, version: string): Partial<System> {
  const observe = (event: ProgressEvent) => {
    if (event.kind === 'applied' && event.outcome.version === version) void query("select nextval('heard')")
  }
  return { observe }
}

function firstFailure({ outcomes }: Report) {
  return outcomes.find(({ failure }) => failure !== undefined)?.failure
}

eachMajor('a run that has the lock while another one connects again', (major) => {
  it.each([
    [
      'undoes what was applied before',
      { '05_e.sql': CUT_WITHIN, '06_f.sql': NEXT },
      within,
      { command: 'rollback' },
      '1 failed: 05 failed, 06 not-run',
      'no longer applied: 02)',
    ],
    [
      'applies what the other one does not know',
      { '05_e.sql': CUT_WITHIN, '06_f.sql': NEXT },
      within,
      { command: 'migrate', files: { ...BEFORE, '03_c.sql': 'create table c (n int);' } },
      '1 failed: 05 failed, 06 not-run',
      'applied anew: 03)',
    ],
    [
      'undoes what the other one has just committed',
      { '05_e.sql': CUT_BEHIND, '06_f.sql': NEXT },
      behind,
      { command: 'rollback', files: { ...BEFORE, '05_e.sql': CUT_BEHIND } },
      '1 failed: 05 failed, 06 not-run',
      'no longer applied: 05)',
    ],
  ] as const)('and %s ends that one', async (_, pending, [asked, answered], between, expected, told) => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    await using other = await aMigrator(database.url, 'files' in between ? between.files : BEFORE)
    let done: Report | undefined
    await using proxy = await aCuttingProxy(database.url, asked, answered, false, async () => {
      const steps = between.command === 'rollback' ? { steps: '1' } : {}
      done = await other.run(between.command, { given: { rehearse: 'off', ...steps } })
    })
    for (const [name, sql] of Object.entries(pending)) await migrator.write(name, sql)
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect([proxy.cuts(), done?.exitCode]).toEqual([1, 0])
    expect(verdict(report)).toBe(expected)
    expect(firstFailure(report)).toMatchObject({ code: 'DF009', message: expect.stringContaining(told) })
    expect(firstFailure(report)?.hint).toContain('Run again')
    expect(report.ready).toBe(false)
    // Nothing more was sent.
    expect(await database.query("select to_regclass('e') as e, (select count(*)::int from a) as n")).toEqual([
      { e: null, n: 0 },
    ])
    await until(async () => (await locks(database)).length === 0)
  })

  it('and undoes what the other one saw committed ends that one, and what follows was not run', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    const more = { '05_e.sql': CUT_BEHIND, '06_f.sql': '-- devflow:no-transaction\nvacuum a;' }
    const after = { '07_g.sql': CUT_WITHIN.replace(' e ', ' g ') }
    await using other = await aMigrator(database.url, { ...BEFORE, ...more })
    for (const [name, sql] of Object.entries({ ...more, ...after })) await migrator.write(name, sql)
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, async () => {
      await other.run('repair', { given: { reverted: '05', reason: 'a test' } })
    })
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect(verdict(report)).toBe('1 partial: 05 failed, 06 applied, 07 not-run')
    expect(report.outcomes[0]?.failure?.code).toBe('DF009')
  })

  it('and takes out the row of what the other one saw committed ends that one: its event is there, as after no crash', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    const more = { '05_e.sql': CUT_BEHIND, '06_f.sql': '-- devflow:no-transaction\nvacuum a;' }
    const after = { '07_g.sql': CUT_WITHIN.replace(' e ', ' g ') }
    for (const [name, sql] of Object.entries({ ...more, ...after })) await migrator.write(name, sql)
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, () =>
      database.query("delete from devflow.schema_migrations where version = '05'"),
    )
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect(verdict(report)).toBe('1 partial: 05 failed, 06 applied, 07 not-run')
    expect(firstFailure(report)).toMatchObject({
      code: 'DF009',
      message: expect.stringMatching(/what this run was told is committed.*no longer applied: 05\)/),
    })
  })

  it('is not what took two commits, which are not run where the first of them fails by now', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    await migrator.write('05_e.sql', CUT_BEHIND)
    await migrator.write('06_f.sql', 'create table f (n int);')
    await migrator.write('07_g.sql', CUT_LATER)
    // As a crash would leave it; but somebody has made the table of the first.
    const lose = `drop table f; delete from devflow.schema_migrations where version in ('05', '06');
      delete from devflow.migration_history where version in ('05', '06')`
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, () =>
      database.query(lose),
    )
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: hearsOf(database, '06'),
    })
    expect(verdict(report)).toBe('1 failed: 05 failed, 06 not-run, 07 not-run')
    expect(firstFailure(report)?.code).toBe('42P07')
  })

  it('is not what took a commit and its event, though an earlier run has applied that file too: it is sent again', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, { ...BEFORE, '05_e.sql': CUT_BEHIND })
    await migrator.run('migrate')
    await migrator.run('rollback', { given: { rehearse: 'off', steps: '1' } })
    await database.query(
      "create table saved as select status, applied_at from devflow.schema_migrations where version = '05'",
    )
    await migrator.write('06_f.sql', CUT_LATER)
    // As a crash would leave it.
    const lose = `drop table e;
      update devflow.schema_migrations m set status = s.status, applied_at = s.applied_at from saved s where m.version = '05';
      delete from devflow.migration_history where seq = (select max(seq) from devflow.migration_history where event = 'applied')`
    await using proxy = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, () =>
      database.query(lose),
    )
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: hearsOf(database, '05'),
    })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, '0 applied: 05 applied, 06 applied'])
    expect(await database.query("select to_regclass('e') is null as gone")).toEqual([{ gone: false }])
  })

  it('is not what took a commit and its event, though the connection is cut once more while that is asked for', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    await migrator.write('05_e.sql', CUT_BEHIND)
    await migrator.write('06_f.sql', CUT_LATER)
    // As a crash would leave it.
    const lose = `drop table e; delete from devflow.schema_migrations where version = '05';
      delete from devflow.migration_history where version = '05'`
    await using first = await aCuttingProxy(database.url, 'cut it here', 'cut it here', false, () =>
      database.query(lose),
    )
    await using proxy = await aCuttingProxy(first.url, 'seq DESC LIMIT 10002')
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
      system: hearsOf(database, '05'),
    })
    expect([first.cuts(), proxy.cuts()]).toEqual([1, 1])
    expect(verdict(report)).toBe('0 applied: 05 applied, 06 applied')
    expect(await database.query("select to_regclass('e') is null as gone")).toEqual([{ gone: false }])
  })

  it('and does a later one of its files ends that one: nothing fails that is complete', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    const pending = {
      '05_e.sql': CUT_WITHIN,
      '06_f.sql': 'create table f (n int);',
      '07_g.sql': 'create table g (n int);',
    }
    await using other = await aMigrator(database.url, { ...BEFORE, ...pending })
    const given = { rehearse: 'off', version: '07', 'allow-out-of-order': 'true' }
    await using proxy = await aCuttingProxy(database.url, ...within, false, () =>
      other.run('migrate', { given }),
    )
    for (const [name, sql] of Object.entries(pending)) await migrator.write(name, sql)
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect(report.exitCode).toBe(1)
    expect(firstFailure(report)).toMatchObject({
      code: 'DF009',
      message: expect.stringContaining('(applied anew: 07)'),
    })
    expect(await database.query("select to_regclass('f') as f")).toEqual([{ f: null }])
    expect(await database.query("select 1 from devflow.migration_history where event = 'failed'")).toEqual([])
  })

  it('is not blamed on a file whose row an earlier run left as running, in a transaction by now', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    await migrator.write('05_e.sql', `-- devflow:no-transaction\n${CUT_WITHIN}`)
    await using forGood = await aCuttingProxy(database.url, ...within, true)
    await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: forGood.url },
      system: { reconnectWithinMs: 100 },
    })
    const rows = "select status from devflow.schema_migrations where version = '05'"
    expect(await database.query(rows)).toEqual([{ status: 'running' }])
    await until(async () => (await locks(database)).length === 0)
    await migrator.write('05_e.sql', CUT_WITHIN)
    await migrator.write('06_f.sql', 'create table f (n int);')
    await database.query("select setval('tries', 1, false)")
    await using proxy = await aCuttingProxy(database.url, ...within)
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect([proxy.cuts(), verdict(report)]).toEqual([1, '0 applied: 05 applied, 06 applied'])
  })

  // A server that crashed looks the same: it is sent again, as after any loss.
  it('is not what is told of where a file says of itself that it is committed', async () => {
    await using database = await aDatabaseToCut(major)
    const forged = `do $$ begin
      raise notice using errcode = 'DF000', message = coalesce(
        substring(current_query() from '[0-9a-f-]{36} 1'), substring(current_query() from '[0-9a-f-]{36} 0'));
      perform pg_terminate_backend(pg_backend_pid());
    end $$;`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': BEFORE['01_a.sql'],
      '02_b.sql': forged,
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed')
    expect(firstFailure(report)).toMatchObject({
      code: 'session-ended',
      message: expect.stringMatching(/\(2 times, in the same statement\)$/),
    })
  })

  it('and applies something ends a rollback too', async () => {
    await using database = await aDatabaseToCut(major)
    const files = { ...BEFORE, '03_c.sql': `create table c (n int);\n-- migrate:down\n${CUT_WITHIN}` }
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate')
    await using other = await aMigrator(database.url, { ...files, '04_d.sql': 'create table d (n int);' })
    await using proxy = await aCuttingProxy(database.url, ...within, false, () =>
      other.run('migrate', { given: { rehearse: 'off' } }),
    )
    const report = await migrator.run('rollback', {
      given: { rehearse: 'off', steps: '2' },
      variables: { DATABASE_URL: proxy.url },
    })
    const steps = report.operation?.steps ?? []
    expect([report.exitCode, report.status, ...steps.map(({ state }) => state)]).toEqual([
      1,
      'failed',
      'failed',
      'not-run',
    ])
    expect(steps[0]?.failure).toMatchObject({
      code: 'DF009',
      message: expect.stringContaining('applied anew: 04)'),
    })
    expect(await database.query("select to_regclass('b') is null as gone")).toEqual([{ gone: false }])
    await until(async () => (await locks(database)).length === 0)
  })

  it.each([
    ['in the same message', 'insert into a values (6);'],
    ['in messages of their own', NEXT],
  ])('and does what the other one was to do, %s, is no reason to end', async (_, next) => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    const pending = { '05_e.sql': CUT_WITHIN, '06_f.sql': next }
    await using other = await aMigrator(database.url, { ...BEFORE, ...pending })
    const given = { rehearse: 'off' }
    await using proxy = await aCuttingProxy(database.url, ...within, false, () =>
      other.run('migrate', { given }),
    )
    for (const [name, sql] of Object.entries(pending)) await migrator.write(name, sql)
    const report = await migrator.run('migrate', { given, variables: { DATABASE_URL: proxy.url } })
    expect(verdict(report)).toBe('0 applied: 05 applied, 06 applied')
    expect(await database.query('select n from a')).toEqual([{ n: 6 }])
  })

  it('and goes on where the other one was done already is told, and what it undid is pending', async () => {
    await using database = await aDatabaseToCut(major)
    await using migrator = await aMigrator(database.url, BEFORE)
    await migrator.run('migrate')
    await using other = await aMigrator(database.url, BEFORE)
    await using proxy = await aCuttingProxy(database.url, ...behind, false, () =>
      other.run('repair', { given: { reverted: '02', reason: 'a test' } }),
    )
    await migrator.write('05_e.sql', CUT_BEHIND)
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      variables: { DATABASE_URL: proxy.url },
    })
    expect(verdict(report)).toBe('0 applied: 05 applied')
    expect(report.notes).toContainEqual(expect.stringContaining('no longer applied: 02'))
    expect(report.ready).toBe(false)
  })
})

async function locks({ query, name }: Awaited<ReturnType<typeof aDatabase>>) {
  return query(
    `select 1 from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and a.datname = $1`,
    [name],
  )
}
