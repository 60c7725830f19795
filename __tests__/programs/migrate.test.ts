import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

const three = {
  '01_a.sql': 'create table a (n int); insert into a values (1);',
  '02_b.sql': 'insert into a values (2);',
  '03_c.sql': 'insert into a values (3);',
}

eachMajor('migrate', (major) => {
  it('applies each file in one transaction with its record', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, three)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    const rows = await database.query(
      `select a.n, m.version, m.status, m.xmin = a.xmin as same, m.transaction_id::text::bigint % (2^32)::bigint = m.xmin::text::bigint as ours,
        h.xmin = a.xmin as history from a
       join devflow.schema_migrations m on m.version = '0' || a.n
       join devflow.migration_history h on h.version = m.version order by n`,
    )
    expect(rows).toEqual(
      [1, 2, 3].map((n) => ({
        n,
        version: `0${n}`,
        status: 'completed',
        same: true,
        ours: true,
        history: true,
      })),
    )
    const [distinct] = await database.query('select count(distinct xmin::text)::int as n from a')
    expect(distinct).toEqual({ n: 3 })
  })

  it('records who ran what, from where, with which version', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'select 1;' })
    const report = await migrator.run('migrate', {
      variables: {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_RUN_ID: '42',
        GITHUB_RUN_ATTEMPT: '3',
        GITHUB_SHA: 'a'.repeat(40),
      },
    })
    expect(report.ready).toBe(true)
    const common = {
      run_url: 'https://github.com/acme/shop/actions/runs/42',
      run_attempt: 3,
      commit_sha: 'a'.repeat(40),
      plan_hash: report.plan?.hash,
      tool_version: '0.1.0',
    }
    const columns = 'run_url, run_attempt, commit_sha, plan_hash, tool_version'
    expect(
      await database.query(`select name, applied_by, ${columns} from devflow.schema_migrations`),
    ).toEqual([{ name: '01_a.sql', applied_by: 'octocat', ...common }])
    expect(
      await database.query(
        `select action, event, status, executed_by, environment, execution_time_ms >= 0 as timed, ${columns}
         from devflow.migration_history where event <> 'anchor'`,
      ),
    ).toEqual([
      {
        action: 'apply',
        event: 'applied',
        status: 'success',
        executed_by: 'octocat',
        environment: 'test',
        timed: true,
        ...common,
      },
    ])
  })

  it('finds nothing to do the second time, and changes nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, three)
    await migrator.run('migrate')
    const before = await database.query(
      'select xmin::text, * from devflow.schema_migrations order by version',
    )
    // A trigger would see any data definition, were it rolled back or not.
    await database.query(`create sequence ddl;
      create function seen() returns event_trigger language plpgsql as $$ begin perform nextval('public.ddl'); end $$;
      create event trigger seen on ddl_command_start execute function seen()`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
    expect(await database.query('select is_called from ddl')).toEqual([{ is_called: false }])
    expect(
      await database.query('select xmin::text, * from devflow.schema_migrations order by version'),
    ).toEqual(before)
  })

  it.each([2, 8])('applies each file once when %i runs start together, and all succeed', async (count) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, three)
    const runs = await Promise.all(Array.from({ length: count }, () => migrator.run('migrate')))
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(Array(count).fill(0))
    expect(runs.filter(({ status }) => status === 'applied')).toHaveLength(1)
    expect(runs.every(({ ready }) => ready)).toBe(true)
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(
      await database.query(`select event from devflow.migration_history where event = 'applied'`),
    ).toHaveLength(3)
  })

  it('keeps a file with its own BEGIN and COMMIT in one transaction with its record', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- 🐘\nBEGIN;\ncreate table a (n int);\ninsert into a values (1);\nCOMMIT;\n',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    const [row] = await database.query('select m.xmin = a.xmin as same from a, devflow.schema_migrations m')
    expect(row).toEqual({ same: true })
  })

  it('keeps nothing of a file with its own BEGIN and COMMIT that fails in the middle', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'BEGIN;\ncreate table a (n int);\nselect 1/0;\ncreate table b ();\nCOMMIT;\n',
    })
    const report = await migrator.run('migrate')
    expect(report).toMatchObject({ exitCode: 1, status: 'failed', ready: false })
    expect(report.rehearsal[0]?.failure).toMatchObject({ code: '22012', statement: 2, position: { line: 3 } })
    expect(await database.query(`select to_regclass('a') as a, to_regclass('b') as b`)).toEqual([
      { a: null, b: null },
    ])
    expect(await database.query('select version, status from devflow.schema_migrations')).toEqual([
      { version: '01', status: 'failed' },
    ])
  })

  it.each([
    ['COMMIT in the middle', 'insert into a values (1);\ncommit;\nselect 1;', 2, 'COMMIT'],
    ['ROLLBACK', 'insert into a values (1);\n  rollback;', 2, 'ROLLBACK'],
    ['COMMIT and BEGIN', 'COMMIT;\nBEGIN;\nselect 1;', 1, 'COMMIT'],
    ['two transactions', 'BEGIN;\nselect 1;\nCOMMIT;\nBEGIN;\nselect 2;\nCOMMIT;', 3, 'COMMIT'],
    ['an open BEGIN', 'BEGIN;\nselect 1;', 1, 'BEGIN'],
    ['PREPARE TRANSACTION', `select 1;\nprepare transaction 'x';`, 2, 'PREPARE TRANSACTION'],
    ['END', 'select 1;\nend;', 2, 'COMMIT'],
    ['ABORT AND CHAIN', 'select 1;\nabort and chain;', 2, 'ROLLBACK AND CHAIN'],
  ])('applies nothing at all where a file has %s', async (_, sql, line, words) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': sql,
    })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 refused')
    expect(report.findings).toMatchObject([
      { rule: 'transaction-control', severity: 'error', file: 'migrations/02_b.sql', position: { line } },
    ])
    expect(report.findings[0]?.message).toContain(words)
    expect(await database.query(`select to_regclass('a') as a, to_regnamespace('devflow') as d`)).toEqual([
      { a: null, d: null },
    ])
  })

  it.each([
    ['a DO block', 'insert into a values (1);\ndo $$ begin insert into a values (2); commit; end $$;'],
    ['a procedure', 'insert into a values (1);\ncall p();'],
  ])('keeps nothing of a file that hides a COMMIT in %s', async (_, sql) => {
    await using database = await aDatabase({ major })
    await database.query(`create table a (n int);
      create procedure p() language plpgsql as $$ begin insert into a values (3); commit; end $$`)
    await using migrator = await aMigrator(database.url, { '01_a.sql': sql })
    const report = await migrator.run('migrate')
    expect(report.exitCode).toBe(1)
    expect(report.rehearsal[0]?.failure).toMatchObject({ code: '2D000', statement: 2, position: { line: 2 } })
    expect(await database.query('select * from a')).toEqual([])
    expect(await database.query('select status from devflow.schema_migrations')).toEqual([
      { status: 'failed' },
    ])
  })

  it('replaces the record of a failure by that of the next try, whatever the file was changed to', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'select 1/0;' })
    expect((await migrator.run('migrate')).exitCode).toBe(1)
    await migrator.project.remove('migrations/01_a.sql')
    await migrator.write('01_mended.sql', 'create table a ();')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await database.query('select name, status, error_message from devflow.schema_migrations')).toEqual(
      [{ name: '01_mended.sql', status: 'completed', error_message: null }],
    )
    expect(await database.query('select event from devflow.migration_history order by seq')).toEqual([
      { event: 'anchor' },
      { event: 'rehearsal-failed' },
      { event: 'applied' },
    ])
  })

  it('believes its own record where another runner left a failed one of the same number', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '00_x.sql': 'select 1;' })
    await migrator.run('migrate')
    await database.query(`insert into devflow.schema_migrations (version, name, checksum, status, applied_at)
      values ('1', '1_a', 'x', 'failed', '2020-01-01')`)
    await migrator.write('01_a.sql', 'create table a ();')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('never applies what is recorded as completed while it is being applied', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '00_x.sql': 'create table a (n int);' })
    await migrator.run('migrate')
    await migrator.write('01_a.sql', 'insert into a values (1);')
    const report = await migrator.run('migrate', {
      system: {
        confirm: async () => {
          await database.query(`insert into devflow.schema_migrations (version, name, checksum, status)
            values ('01', '01_a.sql', 'x', 'completed')`)
          return true
        },
      },
    })
    expect(verdict(report)).toBe('1 failed: 01 failed')
    expect(trouble(report)).toContain('recorded as completed already')
    expect(await database.query('select * from a')).toEqual([])
    expect(await database.query(`select status from devflow.schema_migrations where version = '01'`)).toEqual(
      [{ status: 'completed' }],
    )
  })
})
