import { describe, expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'
import { runCancelled } from './run-cancelled.js'

const DUPLICATES =
  'create table t (i int, k int generated always as identity primary key); insert into t values (1), (1);'
const FAILS = 'create unique index concurrently ix on t (i);'

/** `name` of each index, and whether it is INVALID. */
async function indexes(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ index: string }>(
    `select c.relname || case when indisvalid then '' else ' INVALID' end as index from pg_index
     join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ index }) => index).join(', ')
}

/** Leaves an INVALID index that no run of ours made. */
async function leaveInvalid(database: TestDatabase, name: string): Promise<void> {
  await database.query(`create unique index concurrently ${name} on t (i)`).catch(() => {})
}

const quick = { given: { rehearse: 'off' } }

eachMajor('a file edited after a concurrent statement of it failed', (major) => {
  it.each([
    ['the same in a transaction', 'create unique index if not exists ix on t (i);', 'ix, t_pkey'],
    ['one without IF NOT EXISTS', 'create unique index ix on t (i);', 'ix, t_pkey'],
    [
      'the same in a transaction of a file outside one',
      'create unique index ix on t (i); vacuum t;',
      'ix, t_pkey',
    ],
    ['an index without a name', 'create index concurrently on t ((i + 1));', 't_expr_idx, t_pkey'],
    ['the mend before it', `delete from t where k = 2;\n${FAILS}`, 'ix, t_pkey'],
    ['another name', 'create unique index concurrently ix2 on t (i);', 'ix2, t_pkey'],
    ['nothing to do with it', 'select 1;', 't_pkey'],
    ['nothing', '-- nothing is left', 't_pkey'],
  ])('has what it left taken away first: %s', async (_, text, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': DUPLICATES,
      '02_i.sql': FAILS.replace('concurrently', 'concurrently if not exists'),
    })
    expect(verdict(await migrator.run('migrate'))).toBe('1 partial: 01 applied, 02 failed')
    expect(await indexes(database)).toBe('ix INVALID, t_pkey')
    if (!text.startsWith('delete')) await database.query('delete from t where k = 2')
    await migrator.write('02_i.sql', text)
    const report = await migrator.run('migrate')
    expect([verdict(report), trouble(report)]).toEqual([
      '0 applied: 02 applied',
      expect.not.stringContaining('DF007'),
    ])
    expect(await indexes(database)).toBe(expected)
  })

  it.each([
    ['is to be built', 'create index concurrently other on t (i);', 'other', '1 failed: 02 failed'],
    ['looks like a leftover', 'reindex index concurrently t_pkey;', 'bar_ccnew', '0 applied: 02 applied'],
  ])('leaves an INVALID index alone that was there before and %s', async (_, text, name, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES })
    await migrator.run('migrate')
    await leaveInvalid(database, name)
    await migrator.write('02_i.sql', FAILS)
    expect(verdict(await migrator.run('migrate'))).toBe('1 failed: 02 failed')
    await database.query('delete from t where k = 2')
    await migrator.write('02_i.sql', text)
    expect(verdict(await migrator.run('migrate'))).toBe(expected)
    expect(await indexes(database)).toBe(`${name} INVALID, t_pkey`)
  })

  it('promises to drop only what can be told: not an index whose name the server chose', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': DUPLICATES,
      '02_i.sql': 'create unique index concurrently on t ((i + 1));',
    })
    const first = await migrator.run('migrate')
    expect(first.outcomes[1]?.failure?.hint).toMatch(
      /left the index public\.t_expr_idx INVALID\..* and run DROP INDEX CONCURRENTLY public\.t_expr_idx; then run again\.$/,
    )
    await database.query('delete from t where k = 2')
    expect((await migrator.run('migrate')).outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringMatching(
        /^statement 1 of 1 failed, and which index it left can not be told: .*t_expr_idx$/,
      ),
    })
    await migrator.write('02_i.sql', 'select 1; vacuum t;')
    expect((await migrator.run('migrate', quick)).outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringMatching(/^statement 1, edited since, failed, and which index it left can not/),
    })
    await migrator.write('02_i.sql', 'create unique index concurrently on t ((i + 1));')
    await database.query('drop index concurrently t_expr_idx')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
  })

  it('has it taken away where all files share a transaction by now', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES, '02_i.sql': FAILS })
    await migrator.run('migrate')
    await database.query('delete from t where k = 2')
    await migrator.write('02_i.sql', 'create unique index if not exists ix on t (i);')
    expect(verdict(await migrator.run('migrate', { given: { transaction: 'all' } }))).toBe(
      '0 applied: 02 applied',
    )
    expect(await indexes(database)).toBe('ix, t_pkey')
  })

  it.each([
    ['edited', 'select 1;', '0 applied: 02 applied'],
    ['as it was', FAILS, '1 failed: 02 failed'],
  ])('leaves what somebody built by hand under the same name since: %s', async (_, text, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES, '02_i.sql': FAILS })
    await migrator.run('migrate')
    await database.query('drop index ix')
    await leaveInvalid(database, 'ix')
    await migrator.write('02_i.sql', text)
    expect(verdict(await migrator.run('migrate'))).toBe(expected)
    expect(await indexes(database)).toBe('ix INVALID, t_pkey')
  })

  it('has nothing decided by a journal of an older version, unless it holds the same statement', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES, '02_i.sql': FAILS })
    await migrator.run('migrate')
    await database.query(`update devflow.schema_migrations
      set journal = (journal::jsonb #- '{started,trace}' #- '{started,left}')::text where version = '02'`)
    await migrator.write('02_i.sql', 'create index concurrently on t ((i + 1)); select 1/0;')
    expect(verdict(await migrator.run('migrate', quick))).toBe('1 partial: 02 partial')
    expect(await indexes(database)).toBe('ix INVALID, t_expr_idx, t_pkey')
    await database.query(`drop index t_expr_idx; delete from devflow.schema_migrations where version = '02'`)
    await database.query('drop index ix')
    await migrator.write('02_i.sql', FAILS)
    await migrator.run('migrate')
    await database.query(`update devflow.schema_migrations
      set journal = (journal::jsonb #- '{started,trace}' #- '{started,left}')::text where version = '02'`)
    await database.query('delete from t where k = 2')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('ix, t_pkey')
  })

  it('is stopped where an index is half dropped that the file no longer drops', async () => {
    await using database = await aDatabase({ major })
    const drops = 'drop index concurrently old;'
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${DUPLICATES} create index old on t (i);`,
    })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    expect(await runCancelled(database, migrator, 'migrate')).toBe('1 failed: 02 failed')
    expect(await indexes(database)).toBe('old INVALID, t_pkey')
    await migrator.write('02_i.sql', 'select 1;')
    const stopped = await migrator.run('migrate', quick)
    expect(verdict(stopped)).toBe('1 failed: 02 failed')
    expect(stopped.outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringMatching(
        /^the index public\.old is INVALID: DROP INDEX CONCURRENTLY failed half-way/,
      ),
      hint: expect.stringContaining('REINDEX INDEX CONCURRENTLY public.old'),
    })
    expect(await indexes(database)).toBe('old INVALID, t_pkey')
    await database.query('reindex index concurrently old')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('old, t_pkey')
  })

  it('goes on where an index is half dropped that it still drops, further down', async () => {
    await using database = await aDatabase({ major })
    const drops = 'drop index concurrently old;'
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${DUPLICATES} create index old on t (i);`,
    })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    await runCancelled(database, migrator, 'migrate')
    await migrator.write('02_i.sql', `select 1; ${drops}`)
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('t_pkey')
  })

  it('is stopped where a partition is half detached, which nothing can undo', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql':
        'create table t (n int) partition by range (n); create table q partition of t for values from (0) to (9);',
    })
    await migrator.run('migrate')
    const detaches = 'alter table t detach partition q concurrently;'
    await migrator.write('02_i.sql', detaches)
    expect(await runCancelled(database, migrator, 'migrate', { writes: 'insert into t values (1)' })).toBe(
      '1 failed: 02 failed',
    )
    for (const text of [`select 1; ${detaches}`, 'select 1;']) {
      await migrator.write('02_i.sql', text)
      const stopped = await migrator.run('migrate', quick)
      expect(verdict(stopped)).toBe('1 failed: 02 failed')
      expect(stopped.outcomes[0]?.failure).toMatchObject({
        code: 'DF007',
        hint: expect.stringContaining('ALTER TABLE public.t DETACH PARTITION public.q FINALIZE'),
      })
    }
    await database.query('alter table t detach partition q finalize')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
  })

  it.each([
    ['in a transaction', 'create unique index if not exists ix on t (i);', 'ix, t_pkey'],
    ['of other statements', 'select 1; vacuum t;', 't_pkey'],
  ])('has it taken away in a rollback too: %s', async (_, text, expected) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': DUPLICATES,
      '02_c.sql': 'create table c (i int);',
      '02_c.down.sql': FAILS,
    })
    await migrator.run('migrate')
    const back = { given: { steps: '1' } }
    expect((await migrator.run('rollback', back)).status).toBe('partial')
    expect(await indexes(database)).toBe('ix INVALID, t_pkey')
    await database.query('delete from t where k = 2')
    await migrator.write('02_c.down.sql', text)
    const report = await migrator.run('rollback', back)
    expect([report.operation?.steps.map(({ state }) => state), trouble(report)]).toEqual([
      ['done'],
      expect.not.stringContaining('DF007'),
    ])
    expect(await indexes(database)).toBe(expected)
  })
})

describe('the lock timeout of a file that goes on behind an INVALID index', () => {
  const seen = `insert into seen select current_setting('lock_timeout');`
  it.each([
    ['of the run', '', '', '3s'],
    ['that the file set', `set lock_timeout = '7s';`, '', '7s'],
    ['that it declares', '', '-- devflow:lock-timeout=5s\n', '5s'],
  ])('is the one %s', async (_, set, head, expected) => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${DUPLICATES} create table seen (timeout text);`,
      '02_i.sql': `${head}${set}\n${FAILS}\n${seen}`,
    })
    await migrator.run('migrate')
    await database.query('delete from t where k = 2')
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 02 applied')
    expect(await database.query('select timeout from seen')).toEqual([{ timeout: expected }])
  })
})

describe('a file outside a transaction that makes its session read only for a while', () => {
  it('is journaled all the same', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `-- devflow:no-transaction
set session characteristics as transaction read only;
set session characteristics as transaction read write;
create table a (i int);`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied')
  })
})
