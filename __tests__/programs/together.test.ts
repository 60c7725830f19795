import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

const together = { transaction: 'all' }

eachMajor('all pending files in one transaction', (major) => {
  it('are applied and recorded together', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int primary key, m int references a deferrable initially deferred);',
      '02_b.sql': 'insert into a values (1, 2); insert into a values (2, null); set search_path = nowhere;',
      '03_c.sql': 'insert into a values (3, 1);',
    })
    expect(verdict(await migrator.run('migrate', { given: together }))).toBe(
      '0 applied: 01 applied, 02 applied, 03 applied',
    )
    const [row] = await database.query(
      'select count(distinct transaction_id)::int as transactions, count(*)::int from devflow.schema_migrations',
    )
    expect(row).toEqual({ transactions: 1, count: 3 })
  })

  it('leave nothing when one fails, and the record says which', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'insert into a values (1);\nselect 1/0;',
      '03_c.sql': 'insert into a values (3);',
    })
    const report = await migrator.run('migrate', { given: { ...together, rehearse: 'off' } })
    expect(verdict(report)).toBe('1 failed: 01 not-run, 02 failed, 03 not-run')
    expect(report.outcomes[1]?.failure?.position).toMatchObject({ line: 2 })
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
    expect(await database.query('select version, status from devflow.schema_migrations')).toEqual([
      { version: '02', status: 'failed' },
    ])
  })

  it.each([{}, together])(
    'are told what failed behind their statements, and before them: %j',
    async (mode) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': 'create table a (n int primary key, m int references a deferrable initially deferred);',
        '02_b.sql': 'insert into a values (1, 2);',
      })
      const given = { ...mode, rehearse: 'off', 'lock-timeout': '100ms' }
      const [, deferred] = (await migrator.run('migrate', { given })).outcomes
      expect(deferred?.failure).toMatchObject({ code: '23503', hint: expect.stringContaining('put off') })
      await migrator.write('02_b.sql', 'insert into a values (1, 1);')
      const real = Date.now
      await using other = await aClient(database.url)
      await other.query('begin; lock table devflow.schema_migrations in share mode')
      const run = migrator.run('migrate', { given })
      try {
        await until(async () => migrator.events.some(({ kind }) => kind === 'retrying'))
        Date.now = () => real() + 200_000
        const waited = migrator.events.filter(({ kind }) => kind === 'retrying').length
        await until(async () => migrator.events.filter(({ kind }) => kind === 'retrying').length > waited)
      } finally {
        Date.now = real
      }
      await other.query('rollback')
      const failed = (await run).outcomes.find(({ failure }) => failure)
      expect(failed?.failure).toMatchObject({
        code: '55P03',
        hint: expect.stringContaining('tracking tables'),
      })
    },
  )

  it('go in several messages where they are larger than one may be', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int, t text);',
      '02_b.sql': largeInsert(1),
      '03_c.sql': largeInsert(2),
      '04_d.sql': `${largeInsert(3)}select\n  1/(n - 2) from a;`,
      '05_e.sql': 'insert into a values (5);',
    })
    const run = () => migrator.run('migrate', { given: { ...together, rehearse: 'off' } })
    const failed = await run()
    expect(verdict(failed)).toBe('1 failed: 01 not-run, 02 not-run, 03 not-run, 04 failed, 05 not-run')
    expect(failed.outcomes[3]?.failure).toMatchObject({ code: '22012', position: { line: 2, column: 1 } })
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
    await migrator.write('04_d.sql', largeInsert(4))
    expect(verdict(await run())).toBe('0 applied: 01 applied, 02 applied, 03 applied, 04 applied, 05 applied')
    expect(
      await database.query(
        'select count(distinct transaction_id)::int as transactions, (select count(*)::int from a) as rows from devflow.schema_migrations',
      ),
    ).toEqual([{ transactions: 1, rows: 4 }])
  })

  it('hold one that is larger than a message may be', async () => {
    await using database = await aDatabase({ major })
    const large = `begin;\n${"insert into a values (2, 'two');\n".repeat(9)}`
    const rows = `1\t${'x'.repeat(4000)}\n`.repeat(2200)
    const copy = (last: string) => `${large}copy a from stdin;\n${rows}${last}\\.\ncommit;`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int, t text);',
      '02_b.sql': copy('nine\tx\n'),
      '03_c.sql': 'insert into a values (3);',
    })
    const run = (rehearse: string) => migrator.run('migrate', { given: { ...together, rehearse } })
    const failed = await run('off')
    expect(verdict(failed)).toBe('1 failed: 01 not-run, 02 failed, 03 not-run')
    expect(failed.outcomes[1]?.failure).toMatchObject({ code: '22P02', position: { line: 2212, column: 1 } })
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
    await migrator.write('02_b.sql', copy('9\tx\n'))
    expect(verdict(await run('auto'))).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(
      await database.query(
        'select count(distinct transaction_id)::int as transactions, (select count(*)::int from a) as rows from devflow.schema_migrations',
      ),
    ).toEqual([{ transactions: 1, rows: 2211 }])
  })

  it('fail at the one whose constraint would only fail at COMMIT', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int primary key, m int references a deferrable initially deferred);',
      '02_b.sql': 'insert into a values (1, 7);',
    })
    const report = await migrator.run('migrate', { given: { ...together, rehearse: 'off' } })
    expect(verdict(report)).toBe('1 failed: 01 not-run, 02 failed')
  })

  it('have what each puts off done after it, with constraints that it makes too', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int);',
      '02_b.sql': `create function f() returns trigger language plpgsql as $$ begin insert into t select count(*) from q; return null; end $$;
        create table q (i int);
        create constraint trigger x after insert on q deferrable initially deferred for each row execute function f();
        insert into q values (1); insert into q values (2);`,
      '03_c.sql': `insert into q values (3);
        create table p (i int primary key); create table ch (i int references p deferrable initially deferred);
        insert into ch values (1); insert into p values (1);`,
    })
    const report = await migrator.run('migrate', { given: { ...together, rehearse: 'off' } })
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(await database.query('select i from t order by i')).toEqual([{ i: 2 }, { i: 2 }, { i: 3 }])
  })

  it('are tried again together when one of them can not have its lock', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table held (n int)')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a as select 1 as n;',
      '02_b.sql': 'alter table held add column m int;',
    })
    await database.query('begin; select * from held')
    const running = migrator.run('migrate', {
      given: { ...together, rehearse: 'off', 'lock-timeout': '200ms' },
    })
    await until(async () => migrator.events.some(({ kind }) => kind === 'retrying'))
    await database.query('rollback')
    expect(verdict(await running)).toBe('0 applied: 01 applied, 02 applied')
    expect(await database.query('select n from a')).toEqual([{ n: 1 }])
  })

  it('are refused with a file that can not be in a transaction', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'create index concurrently on a (n);',
    })
    const report = await migrator.run('migrate', { given: together })
    expect(verdict(report)).toBe('1 refused')
    expect(trouble(report)).toContain('CREATE INDEX CONCURRENTLY can not run in a transaction')
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
  })
})

/** Five megabytes in one line. */
function largeInsert(n: number): string {
  return `insert into a values (${n}, '${'x'.repeat(5 * 1024 * 1024)}');\n`
}
