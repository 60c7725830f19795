import { expect, it } from '@jest/globals'
import { findBuilder } from '../../../src/executors/sql/find-builder.js'
import { lookUp } from '../../../src/executors/sql/look-up.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import type { Trace, TracedObject } from '../../../src/model/trace.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { runOnce } from './a-cut-work.js'
import { aRunnable, aWork } from './a-work.js'

const TABLES = `create table t (n int, long text); create index old on t (n); create index side on t (long);
  create table u (n int); create index other on u (n); insert into u values (1);
  create table p (n int) partition by range (n); create table q partition of p for values from (0) to (9);
  create index whole on p (n);`

const waiting = (word: string) =>
  `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '${word}%concurrently%'`

async function invalid(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid order by 1',
  )
  return rows.map(({ name }) => name).join(', ')
}

async function numberOf(database: TestDatabase, name: string): Promise<string[]> {
  const rows = await database.query<{ oid: string }>('select $1::regclass::oid::text as oid', [name])
  return rows.map(({ oid }) => oid)
}

const WRITES = 'begin; insert into t values (7); insert into p values (7);'
const LOOKS_BACK = 'begin isolation level repeatable read; select from u;'

/** Ends the backend of a run while its REINDEX waits for another session; the run ends there too. */
async function cutOff(
  database: TestDatabase,
  migrations: readonly RunnableMigration[],
  holds = WRITES,
): Promise<void> {
  await using writer = await aClient(database.url)
  await writer.query(holds)
  const running = runOnce(database.url, migrations)
  await until(async () => {
    const ended = await database.query(`select pg_terminate_backend(pid) ${waiting('reindex')}`)
    return ended.length > 0
  })
  expect((await running).outcomes).toMatchObject([{ state: 'unknown' }])
  await writer.query('rollback')
}

eachMajor('what a REINDEX CONCURRENTLY left that was cut off', (major) => {
  it.each([
    ['reindex index concurrently old', 'old_ccnew'],
    ['reindex table concurrently t', 'old_ccnew'],
    ['reindex schema concurrently public', 'old_ccnew'],
    ['reindex index concurrently whole', 'q_n_idx_ccnew'],
    // All partitions are locked against writers before the first index is built.
    ['reindex table concurrently p', 'q_n_idx_ccnew', LOOKS_BACK],
  ])('is taken away and nothing else: %s', async (sql, left, holds = WRITES) => {
    await using database = await aDatabase({ major })
    await database.query(TABLES)
    const migrations = [await aRunnable('01_a.sql', `select 1; ${sql};`)]
    await cutOff(database, migrations, holds)
    expect(await invalid(database)).toContain(left)
    await database.query('insert into u values (1); create index by_hand on u (n)')
    const byHand = 'create unique index concurrently by_hand_ccnew on u (n)'
    await database.query(byHand).catch(() => {})
    await database.query('insert into q values (1), (1)')
    for (const table of ['q', 't'])
      await database
        .query(`create unique index concurrently ${table}_by_hand_ccnew on ${table} ((1))`)
        .catch(() => {})
    // Unknown for another definition, another name or another table.
    expect((await runOnce(database.url, migrations)).outcomes).toMatchObject([{ state: 'applied' }])
    const kept = await invalid(database)
    expect(kept).toContain('by_hand_ccnew')
    expect(kept).toContain('q_by_hand_ccnew')
    expect(kept).not.toContain(left)
  })

  it('is looked for by the number of its table, whatever that is called by now', async () => {
    await using database = await aDatabase({ major })
    await database.query(TABLES)
    const migrations = [await aRunnable('01_a.sql', 'reindex table concurrently t;')]
    await cutOff(database, migrations)
    await database.query('alter table t rename to renamed')
    expect((await runOnce(database.url, migrations)).outcomes[0]?.failure?.message).toMatch(
      /"t" does not exist/,
    )
    expect(await invalid(database)).toBe('')
  })

  it.each([
    ['of another table', 'reindex index concurrently other', 'u', 'other_ccnew'],
    ['of the same table', 'reindex index concurrently side', 't', 'side_ccnew'],
    ['of the same index', 'reindex index concurrently old', 't', 'old_ccnew1'],
  ])('is not what somebody else builds just now, %s', async (_, sql, table, theirs) => {
    await using database = await aDatabase({ major })
    await database.query(TABLES)
    const migrations = [await aRunnable('01_a.sql', 'reindex index concurrently old;')]
    await cutOff(database, migrations)
    await using writer = await aClient(database.url)
    await using other = await aClient(database.url)
    await writer.query(`begin; insert into ${table} values (1)`)
    const reindexed = other.query(sql)
    await until(async () => (await invalid(database)).includes(theirs))
    const running = runOnce(database.url, migrations)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(await invalid(database)).toContain(theirs)
    await writer.query('rollback')
    await reindexed
    const { outcomes, sent } = await running
    expect(outcomes).toMatchObject([{ state: 'applied' }])
    expect(sent.filter((sql) => sql.startsWith('DROP') && sql.includes(theirs))).toEqual([])
    expect(await invalid(database)).toBe('')
  })

  it.each([true, false])(
    'is told to be in the way of somebody who builds there: rights %s',
    async (rights) => {
      await using database = await aDatabase({ major })
      await database.query(TABLES)
      const role = `${database.name}_plain`
      const { password } = new URL(database.url)
      await database.query(
        `create role ${role} login password '${password}'; grant create on database ${database.name} to ${role}`,
      )
      try {
        const url = new URL(database.url)
        if (!rights) url.username = role
        await using writer = await aClient(database.url)
        await using other = await aClient(database.url)
        await using work = await aWork(url.href, [])
        const [takes, elsewhere] = await Promise.all([
          numberOf(database, 'side'),
          numberOf(database, 'other'),
        ])
        expect(await findBuilder(work, takes)).toBeUndefined()
        await writer.query('begin; insert into t values (1)')
        const reindexed = other.query('reindex index concurrently old')
        await until(async () => (await invalid(database)).includes('old_ccnew'))
        expect(await findBuilder(work, elsewhere)).toBeUndefined()
        expect(await findBuilder(work, takes)).toMatchObject({
          code: '55P03',
          message: expect.stringMatching(/^side is to be dropped first, .* process \d+ builds an index/),
        })
        await writer.query('rollback')
        await reindexed
      } finally {
        await database.query(`drop owned by ${role}; drop role ${role}`)
      }
    },
  )

  it('is what has the name and the definition of one beside it, on that table', async () => {
    await using database = await aDatabase({ major })
    await database.query(TABLES)
    await database.query(`create index old_ccnew on t (n); create index old_ccnew1 on t (long);
      create unique index old_ccnew2 on t (n); create index else_ccnew on t (n); create index other_ccnew on u (n);
      update pg_index set indisvalid = false where indexrelid::regclass::text like '%ccnew%'`)
    await using work = await aWork(database.url, [])
    const { found } = await lookUp(work, { kind: 'reindexes', what: 'table', name: 't' })
    expect(found.map((text) => text.replaceAll(/\d{3,}/g, '#')).sort()).toEqual([
      '# public.old_ccnew',
      'on #',
    ])
  })

  it('is left alone where a journal of an older version does not say of what', async () => {
    await using database = await aDatabase({ major })
    await database.query(TABLES)
    await using work = await aWork(database.url, [])
    expect(await lookUp(work, { kind: 'reindexes' })).toEqual({ found: [], moved: [] })
  })
})

eachMajor('an index that is looked up', (major) => {
  it('has another definition where anything of it is another, and the same where it is built anew', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int, m int, x text); create table u (n int)')
    await using work = await aWork(database.url, [])
    const definitionOf = async (rest: string, what = 'index') => {
      await database.query(`drop index if exists i; create ${what} i on ${rest}`)
      const { found } = await lookUp(work, {
        kind: 'builds-index',
        table: rest.split(' ', 1)[0] ?? '',
        index: 'i',
      })
      return found[0]?.split('#')[1]
    }
    const first = await definitionOf('t (n)')
    const others = [
      await definitionOf('u (n)'),
      await definitionOf('t (m)'),
      await definitionOf('t (n, m)'),
      await definitionOf('t (n) include (m)'),
      await definitionOf('t (n desc)'),
      await definitionOf('t (n) where m > 0'),
      await definitionOf('t (n) where m > 1'),
      await definitionOf('t ((n + 1))'),
      await definitionOf('t ((n + 2))'),
      await definitionOf('t using hash (n)'),
      await definitionOf('t (n) with (fillfactor = 50)'),
      await definitionOf('t (x)'),
      await definitionOf('t (x text_pattern_ops)'),
      await definitionOf('t (x collate "C")'),
      await definitionOf('t (n)', 'unique index'),
      await definitionOf('t (n) nulls not distinct', 'unique index'),
    ]
    expect(new Set([first, undefined, ...others]).size).toBe(others.length + 2)
    expect(await definitionOf('t (n)')).toBe(first)
  })
})

eachMajor('what was there before a statement', (major) => {
  it('is found by its number where it has another name since', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [])
    const [row] = await database.query<{ oid: string }>(
      'select oid::text from pg_database where datname = current_database()',
    )
    const trace: Trace = { kind: 'drops', what: 'database', name: 'gone' }
    const { found, moved } = await lookUp(work, trace, [`${row?.oid} gone`])
    expect([found, moved]).toEqual([[], [`${row?.oid} ${database.name}`]])
    const named = await lookUp(work, { ...trace, name: database.name }, [`${row?.oid}`])
    expect([named.found, named.moved]).toEqual([[`${row?.oid} ${database.name}`], []])
  })

  it.each<TracedObject>(['tablespace', 'subscription', 'prepared transaction'])(
    'is asked of a %s too',
    async (what) => {
      await using database = await aDatabase({ major })
      await using work = await aWork(database.url, [])
      const looked = await lookUp(work, { kind: 'drops', what, name: `it's` }, ['1 x'])
      expect(looked).toMatchObject({ found: [], moved: [], reply: { results: [{}] } })
      expect(looked.reply?.error).toBeUndefined()
    },
  )
})
