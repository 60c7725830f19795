import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, rehearsed, trouble, verdict } from './a-migrator.js'

const records = (database: TestDatabase) =>
  database.query(
    'select version, status, statements_done as done from devflow.schema_migrations order by version',
  )

const duplicates = 'create table t (n int); insert into t values (1), (1);'

eachMajor('outside a transaction', (major) => {
  it('builds an index concurrently', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': duplicates,
      '02_i.sql': 'create index concurrently i on t (n);',
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 not-rehearsable')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
    expect(await database.query(`select indisvalid from pg_index where indexrelid = 'i'::regclass`)).toEqual([
      { indisvalid: true },
    ])
    expect(await records(database)).toEqual([
      { version: '01', status: 'completed', done: null },
      { version: '02', status: 'completed', done: 1 },
    ])
  })

  it('groups what can stand in transactions around what can not, in the order of the file', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_mixed.sql': `create table t (n int); create table seen (step int, xid xid8, timeout text, role text);
        create role r_${database.name}; grant all on seen to r_${database.name};
        set role r_${database.name};
        insert into seen values (1, pg_current_xact_id(), current_setting('lock_timeout'), current_role);
        insert into seen values (1, pg_current_xact_id(), current_setting('lock_timeout'), current_role);
        set statement_timeout = '77s';
        reset role;
        create index concurrently i on t (n);
        insert into seen values (2, pg_current_xact_id(), current_setting('lock_timeout'), current_setting('statement_timeout'));
        vacuum t; -- 🐘
        insert into seen values (3, pg_current_xact_id(), current_setting('lock_timeout'), current_setting('statement_timeout'));
        reset role; drop owned by r_${database.name}; drop role r_${database.name};`,
    })
    const report = await migrator.run('migrate')
    expect(trouble(report)).not.toContain('"failed"')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(
      await database.query(
        'select step, count(distinct xid)::int as transactions, max(timeout) as timeout, max(role) as role from seen group by 1 order by 1',
      ),
    ).toEqual([
      { step: 1, transactions: 1, timeout: '3s', role: `r_${database.name}` },
      { step: 2, transactions: 1, timeout: '3s', role: '77s' },
      { step: 3, transactions: 1, timeout: '3s', role: '77s' },
    ])
    expect(await records(database)).toEqual([{ version: '01', status: 'completed', done: 16 }])
  })

  it('runs each statement alone in a file that declares it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `-- devflow:no-transaction
        create table seen (xid xid8); create procedure p() language plpgsql as $$ begin
          insert into seen values (pg_current_xact_id()); commit;
          insert into seen values (pg_current_xact_id()); end $$;
        call p();
        do $$ begin insert into seen values (pg_current_xact_id()); commit; insert into seen values (pg_current_xact_id()); end $$;
        create type mood as enum ('sad'); alter type mood add value 'glad'; select 'glad'::mood;
        vacuum seen;`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await database.query('select count(distinct xid)::int as n from seen')).toEqual([{ n: 4 }])
  })

  it('uses an enum value in a later file than the one that adds it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_type.sql': `create type mood as enum ('sad'); create table t (m mood);`,
    })
    await migrator.run('migrate')
    await migrator.write('02_add.sql', `alter type mood add value 'glad';`)
    await migrator.write('03_use.sql', `insert into t values ('glad');`)
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('02 rehearsed, 03 not-rehearsable')
    expect(report.rehearsal[1]?.reason).toContain('only once that file is committed')
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    expect(await database.query('select m from t')).toEqual([{ m: 'glad' }])
  })

  it('names the INVALID index that a failed unique build left, and records the failure', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': duplicates,
      '02_i.sql': '-- 🐘\ncreate unique index concurrently if not exists "I" on t (n);',
      '03_c.sql': 'select 1;',
    })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed, 03 not-run')
    expect(report.outcomes[1]?.failure).toMatchObject({
      code: '23505',
      statement: 1,
      position: { line: 2, column: 1 },
      hint: expect.stringContaining('DROP INDEX CONCURRENTLY public."I"'),
    })
    expect(await records(database)).toEqual([
      { version: '01', status: 'completed', done: null },
      { version: '02', status: 'failed', done: 0 },
    ])
    expect(await database.query('select indisvalid from pg_index where not indisvalid')).toHaveLength(1)

    const again = await migrator.run('migrate')
    expect(verdict(again)).toBe('1 failed: 02 failed, 03 not-run')
    expect(again.outcomes[0]?.failure).toMatchObject({ code: '23505' })

    await database.query('delete from t')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied, 03 applied')
    expect(await database.query('select indisvalid from pg_index')).not.toContainEqual({ indisvalid: false })
  })

  it('names an INVALID index that it finds in the place of its own, and leaves it alone', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': duplicates })
    await migrator.run('migrate')
    await expect(database.query('create unique index concurrently "I" on t (n)')).rejects.toThrow()
    await migrator.write('02_i.sql', 'create unique index concurrently if not exists "I" on t (n);')
    for (const _ of ['first', 'second']) {
      const report = await migrator.run('migrate')
      expect(verdict(report)).toBe('1 failed: 02 failed')
      expect(report.outcomes[0]?.failure).toMatchObject({
        code: 'DF004',
        message: 'the index public."I" is INVALID: an earlier build of it failed',
        hint: expect.stringContaining('DROP INDEX CONCURRENTLY public."I"'),
      })
    }
    await migrator.write('02_i.sql', 'create unique index concurrently "I" on t (n);')
    const taken = await migrator.run('migrate')
    expect(taken.outcomes[0]?.failure).toMatchObject({
      code: '42P07',
      hint: expect.stringContaining('was INVALID before'),
    })
  })

  it('does not take the INVALID index of another build for its own', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': duplicates })
    await migrator.run('migrate')
    await expect(database.query('create unique index concurrently old on t (n)')).rejects.toThrow()
    await migrator.write('02_i.sql', 'create index concurrently on t (n);')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
  })

  it('is partial where it fails after something was done, and goes on there when that is mended', async () => {
    await using database = await aDatabase({ major })
    const failing = `insert into t values (7); vacuum t; create unique index concurrently i on t (n); insert into t values (8);`
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': duplicates,
      '02_i.sql': failing,
      '03_c.sql': 'select 1;',
    })
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 partial, 03 not-run')
    expect(report.outcomes[1]).toMatchObject({
      failure: { code: '23505', statement: 3 },
      atomicity:
        'statement 1 in a transaction of its own; 2 (VACUUM) alone; 3 (CREATE INDEX CONCURRENTLY) alone; 4 in a transaction of its own',
    })
    expect(await records(database)).toContainEqual({ version: '02', status: 'partial', done: 2 })

    const planned = await migrator.run('plan')
    expect(planned.findings).toMatchObject([
      {
        rule: 'unfinished-migration',
        severity: 'notice',
        file: 'migrations/02_i.sql',
        message: expect.stringContaining('goes on at statement 3 of 4'),
      },
    ])
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 02 partial, 03 not-run')
    expect(await database.query('select n from t where n > 1')).toEqual([{ n: 7 }])

    // What is done may not be edited, what follows may.
    await migrator.write('02_i.sql', failing.replace('values (7)', 'values (9)'))
    const edited = await migrator.run('migrate')
    expect(verdict(edited)).toBe('1 refused')
    expect(edited.findings).toMatchObject([
      { rule: 'unfinished-migration', message: expect.stringContaining('edited in its first 2 statements') },
    ])
    await database.query('delete from t where n = 1')
    await migrator.write('02_i.sql', failing.replace('values (8)', 'values (9)').replaceAll('; ', ';\r\n'))
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied, 03 applied')
    expect(await database.query('select n from t order by n')).toEqual([{ n: 7 }, { n: 9 }])
    expect(
      await database.query('select indisvalid from pg_index where indrelid = $1::regclass', ['t']),
    ).toEqual([{ indisvalid: true }])
  })

  it('is finished or undone by hand as docs/database.md says', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': duplicates,
      '02_i.sql': `insert into t values (7); create unique index concurrently i on t (n);`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 01 applied, 02 partial')
    await database.query(`update devflow.schema_migrations set status = 'completed' where version = '02'`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
    await database.query(`delete from devflow.schema_migrations where version = '02'`)
    await database.query('delete from t')
    await database.query('drop index i')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await database.query('select n from t order by n')).toEqual([{ n: 7 }])
  })

  it('keeps what is done although the rehearsal of the rest fails', async () => {
    await using database = await aDatabase({ major })
    const failing = `insert into t values (7); vacuum t; create unique index concurrently i on t (n); insert into t values (8);`
    await using migrator = await aMigrator(database.url, { '01_t.sql': duplicates, '02_i.sql': failing })
    await migrator.run('migrate')
    await database.query('delete from t where n = 1')
    await migrator.write('02_i.sql', failing.replace('(8)', '(1/0)'))
    const report = await migrator.run('migrate')
    expect(report.rehearsal).toMatchObject([{ state: 'failed', failure: { code: '22012', statement: 4 } }])
    expect(await records(database)).toContainEqual({ version: '02', status: 'partial', done: 2 })
    await migrator.write('02_i.sql', failing)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await database.query('select n from t order by n')).toEqual([{ n: 7 }, { n: 8 }])
  })

  it.each([
    ['a procedure', 'call p();'],
    ['a DO block', 'do $$ begin insert into t values (7); commit; perform 1/0; end $$;'],
  ])('is partial where %s fails after it may have committed', async (_, sql) => {
    await using database = await aDatabase({ major })
    await database.query(`create table t (n int); create procedure p() language plpgsql as
      $$ begin insert into t values (7); commit; perform 1/0; end $$`)
    await using migrator = await aMigrator(database.url, { '01_a.sql': `-- devflow:no-transaction\n${sql}` })
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 01 partial')
    const refused = await migrator.run('migrate')
    expect(verdict(refused)).toBe('1 refused')
    expect(refused.findings).toMatchObject([
      {
        rule: 'unfinished-migration',
        position: { line: 2 },
        message: expect.stringContaining('Statement 1 of 1'),
      },
    ])
    expect(await database.query('select n from t')).toEqual([{ n: 7 }])
  })

  it('never guesses about a procedure that was cut off: a person says whether it is done', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create table t (n int); create procedure p() language plpgsql as
      $$ begin insert into t values (1); commit; perform pg_sleep(case when current_setting('my.wait', true) = 'no' then 0 else 30 end); end $$`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:no-transaction\nset my.wait = yes;\ncall p();\ninsert into t values (2);',
    })
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    await terminate(database, `wait_event = 'PgSleep'`)
    const report = await running
    expect(verdict(report)).toBe('1 unknown: 01 unknown')
    const said = 'Statement 2 of 3 (CALL, line 3) was cut off'
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringContaining(said),
      statement: 2,
    })
    expect(await records(database)).toEqual([{ version: '01', status: 'unknown', done: 1 }])
    const refused = await migrator.run('migrate')
    expect(verdict(refused)).toBe('1 refused')
    expect(refused.findings[0]?.message).toContain(said)
    expect(refused.findings[0]?.help).toContain(
      'What it set in its session (search_path, role, settings) is gone',
    )
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])

    await database.query(`update devflow.schema_migrations
      set journal = jsonb_set(journal::jsonb, '{started,state}', '"done"')::text where version = '01'`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await database.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 2 }])
  })

  it('says that nobody knows what a procedure set in its session, which a person says is done', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create schema app; create procedure p() language plpgsql as
      $$ begin perform set_config('search_path', 'app', false); commit; perform pg_sleep(30); end $$`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:no-transaction\ncall p();\ncreate table x ();',
    })
    const running = migrator.run('migrate', { given: { rehearse: 'off' } })
    await terminate(database, `wait_event = 'PgSleep'`)
    expect(verdict(await running)).toBe('1 unknown: 01 unknown')
    await database.query(`update devflow.schema_migrations
      set journal = jsonb_set(journal::jsonb, '{started,state}', '"done"')::text where version = '01'`)
    const told = {
      rule: 'unfinished-migration',
      severity: 'warning',
      message: expect.stringContaining(
        'What statement 1 (CALL) set in its session can not be known any more, so the session is set as it was before that statement.',
      ),
      help: expect.stringContaining('write it as SET behind that statement'),
    }
    expect((await migrator.run('plan')).findings).toContainEqual(expect.objectContaining(told))
    // As the warning says, the file may be edited there.
    await migrator.write(
      '01_a.sql',
      '-- devflow:no-transaction\ncall p();\nset search_path = app; create table x ();',
    )
    const report = await migrator.run('migrate')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.findings).toContainEqual(expect.objectContaining(told))
    expect(await database.query(`select to_regclass('app.x') as made`)).toEqual([{ made: 'app.x' }])
  })

  it('runs a statement again that a person says is undone, whatever it is by then', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create table t (n int); create procedure p() language plpgsql as
      $$ begin insert into t values (1); commit; perform 1/0; end $$`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:no-transaction\ncall p();',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 01 partial')
    await database.query('delete from t')
    await database.query(`update devflow.schema_migrations
      set journal = jsonb_set(journal::jsonb, '{started,state}', '"again"')::text where version = '01'`)
    await migrator.write('01_a.sql', '-- devflow:no-transaction\ninsert into t values (3);')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
    expect(await database.query('select n from t')).toEqual([{ n: 3 }])
  })

  it('goes on in the same run where its connection is lost in the middle of a concurrent build', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': 'create table t (n int);' })
    await migrator.run('migrate')
    await migrator.write(
      '02_i.sql',
      'insert into t values (1); create index concurrently i on t (n); insert into t values (2);',
    )
    await using other = await aClient(database.url)
    await other.query('begin')
    await other.query('insert into t values (7)')
    const running = migrator.run('migrate')
    await terminate(database, `wait_event_type = 'Lock' and query ~ '^create index concurrently'`)
    await other.query('commit')
    expect(verdict(await running)).toBe('0 applied: 02 applied')
    expect(migrator.events).toContainEqual({ kind: 'note', message: '02_i.sql goes on at statement 2 of 3.' })
    expect(await database.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 7 }])
    expect(await database.query(`select indisvalid from pg_index where indrelid = 't'::regclass`)).toEqual([
      { indisvalid: true },
    ])
  })

  it('drops and rebuilds an index whose build lost in a deadlock', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': 'create table t (n int);' })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', 'create index concurrently i on t (n);')
    await using other = await aClient(database.url)
    await other.query(`set deadlock_timeout = '10min'`)
    await other.query('begin')
    await other.query('insert into t values (7)')
    const running = migrator.run('migrate')
    await until(async () => {
      const waiting = await database.query(
        `select from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and query ~ '^create index'`,
        [database.name],
      )
      return waiting.length > 0
    })
    await other.query('lock table t in share update exclusive mode')
    await other.query('commit')
    const report = await running
    expect(verdict(report)).toBe('0 applied: 02 applied')
    expect(report.outcomes[0]?.attempts).toBe(2)
    expect(migrator.events).toContainEqual(
      expect.objectContaining({ kind: 'retrying', reason: expect.stringContaining('deadlock') }),
    )
    expect(await database.query(`select indisvalid from pg_index where indrelid = 't'::regclass`)).toEqual([
      { indisvalid: true },
    ])
  })

  it('is what a statement is told to need of which only the server knows that', async () => {
    await using database = await aDatabase({ major })
    const text = 'select 1;\nreindex table p;'
    await using migrator = await aMigrator(database.url, {
      '01_p.sql': `create table p (n int primary key) partition by range (n);
        create table q partition of p for values from (0) to (9);`,
      '02_r.sql': text,
    })
    const given = { rehearse: 'off' }
    const report = await migrator.run('migrate', { given })
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed')
    expect(report.outcomes[1]?.failure).toMatchObject({
      code: '25001',
      statement: 2,
      hint: expect.stringContaining('Declare -- devflow:no-transaction at the top of the file'),
    })
    await migrator.write('02_r.sql', `-- devflow:no-transaction\n${text}`)
    expect(verdict(await migrator.run('migrate', { given }))).toBe('0 applied: 02 applied')
  })

  it.each([
    ['outside', (sql: string) => `-- devflow:no-transaction\n${sql}`],
    ['beside what is', (sql: string) => `create index concurrently i on t (n);\n${sql}`],
    ['in a transaction of its own', (sql: string) => `-- devflow:no-transaction\nbegin;\n${sql}commit;`],
  ])('takes what looks like white space for a part of the name, %s', async (_, file) => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int); create table keep (); create table u ()')
    for (const letter of ['\u00a0', '\u3000', '\ufeff', '\u2028']) {
      const sql = file(`drop table keep${letter};\n`)
      await using migrator = await aMigrator(database.url, { '01_d.sql': sql })
      const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
      expect(trouble(report)).toContain(`table \\"keep${letter}\\" does not exist`)
      expect(await database.query("select to_regclass('keep') is not null as kept")).toEqual([{ kept: true }])
      await database.query('drop schema devflow cascade; drop index if exists i')
    }
    await using migrator = await aMigrator(database.url, {
      '01_r.sql': file('alter table u rename to u\u00a0;'),
    })
    expect(verdict(await migrator.run('migrate', { given: { rehearse: 'off' } }))).toBe(
      '0 applied: 01 applied',
    )
    expect(await database.query("select relname from pg_class where relname like 'u_'")).toEqual([
      { relname: 'u\u00a0' },
    ])
  })

  it('lets a concurrent build wait for a lock without limit', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': duplicates,
      '02_i.sql':
        '-- devflow:lock-timeout=50ms\ncreate index concurrently i on t (n); create table after ();',
    })
    await migrator.run('migrate', { given: { to: '01' } })
    await using other = await aClient(database.url)
    await other.query('begin')
    await other.query('insert into t values (1)')
    const running = migrator.run('migrate')
    await until(async () => {
      const waiting = await database.query(
        `select from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and query ~ 'concurrently'
         and clock_timestamp() - query_start > '300 ms'`,
        [database.name],
      )
      return waiting.length > 0
    })
    await other.query('commit')
    expect(verdict(await running)).toBe('0 applied: 02 applied')
  })
})

/** Ends the one session that is as told, once there is one. */
async function terminate(database: TestDatabase, where: string): Promise<void> {
  await until(async () => {
    const ended = await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and pid <> pg_backend_pid() and ${where}`,
      [database.name],
    )
    return ended.length > 0
  })
}
