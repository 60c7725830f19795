import { expect, it } from '@jest/globals'
import { parseRecords, recordsQuery } from '../../../src/database/read-history.js'
import type { Work } from '../../../src/executors/executor.js'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Outcome } from '../../../src/model/outcome.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { runOnce } from './a-cut-work.js'
import { aRunnable, aWork } from './a-work.js'

const states = (outcomes: readonly Outcome[]) => outcomes.map(({ version, state }) => `${version} ${state}`)

/** The same work, with what is sent changed on its way, or something done at that moment. */
function meddling(work: Work, meddle: (sql: string) => string): Work {
  const { session } = work
  return {
    ...work,
    session: { ...session, send: (sql, options) => session.send(meddle(sql), options) },
  }
}

async function rowOf(database: TestDatabase, version: string) {
  const [row] = await database.query(
    `select status, statements_done, journal::jsonb -> 'started' ->> 'state' as started
     from devflow.schema_migrations where version = $1`,
    [version],
  )
  return row
}

const concurrently =
  '-- devflow:no-transaction\ncreate table t (n int);\ncreate index concurrently i on t (n);'

eachMajor('a run that is asked to end', (major) => {
  it('while it records that a statement begins, does not send the statement', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [await aRunnable('01_t.sql', concurrently)])
    const controller = new AbortController()
    const outcomes = await applySql({
      ...meddling(work, (sql) => {
        // The journal says so before the index is built.
        if (sql.includes('"running"')) controller.abort('SIGTERM')
        return sql
      }),
      signal: controller.signal,
    })
    expect(outcomes).toMatchObject([
      { state: 'partial', failure: { code: '57014', message: expect.stringContaining('SIGTERM') } },
    ])
    expect(await database.query(`select to_regclass('i') as index`)).toEqual([{ index: null }])
    expect(await rowOf(database, '01')).toEqual({ status: 'partial', statements_done: 1, started: null })
  })

  it('while it looks what an earlier run left, does not take that away', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int); insert into t values (1), (1)')
    const migrations = [await aRunnable('01_i.sql', 'create unique index concurrently i on t (n);')]
    expect((await runOnce(database.url, migrations)).outcomes).toMatchObject([{ state: 'failed' }])
    await using work = await aWork(database.url, migrations)
    const tracking = { schema: 'devflow', table: 'schema_migrations', version: 4 } as const
    const records = parseRecords(await work.session.send(recordsQuery(tracking)))
    const controller = new AbortController()
    const outcomes = await applySql({
      ...meddling(work, (sql) => {
        if (sql.includes('indisvalid')) controller.abort('SIGTERM')
        return sql
      }),
      records,
      signal: controller.signal,
    })
    expect(outcomes).toMatchObject([{ state: 'failed', failure: { code: '57014' } }])
    expect(await database.query(`select to_regclass('i')::text as index`)).toEqual([{ index: 'i' }])
  })

  it('while it sets the session back between two files, has not begun the second', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await aRunnable('01_t.sql', 'create table t (n int);'),
      await aRunnable('02_u.sql', 'create table u (n int);'),
    ])
    const controller = new AbortController()
    const outcomes = await applySql({
      ...meddling(work, (sql) => {
        if (!sql.includes('create table u')) return sql
        controller.abort('SIGTERM')
        return sql.replace('DISCARD TEMP;', 'SELECT 1/0;')
      }),
      signal: controller.signal,
    })
    expect(states(outcomes)).toEqual(['01 applied', '02 not-run'])
    expect(await database.query('select version, status from devflow.schema_migrations')).toEqual([
      { version: '01', status: 'completed' },
    ])
  })

  it('after a file outside a transaction is recorded, has applied it', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [await aRunnable('01_t.sql', concurrently)])
    const controller = new AbortController()
    let finished = false
    const outcomes = await applySql({
      ...meddling(work, (sql) => {
        finished ||= sql.includes("SET status = 'completed'")
        if (!finished || !sql.startsWith('RESET SESSION')) return sql
        controller.abort('SIGTERM')
        return 'SELECT 1/0;'
      }),
      signal: controller.signal,
    })
    expect(states(outcomes)).toEqual(['01 applied'])
  })
})

eachMajor('what the catalog can not be asked', (major) => {
  it('is not taken for a valid index', async () => {
    await using database = await aDatabase({ major })
    const migration = await aRunnable('01_t.sql', concurrently)
    await using work = await aWork(database.url, [migration])
    let looks = 0
    const outcomes = await applySql(
      meddling(work, (sql) => (sql.includes('indisvalid') && ++looks === 2 ? 'SELECT 1/0;' : sql)),
    )
    expect(outcomes).toMatchObject([{ state: 'partial', failure: { code: '22012' } }])
    expect(await rowOf(database, '01')).toEqual({
      status: 'partial',
      statements_done: 1,
      started: 'running',
    })
  })
})

eachMajor('a file that lets go of the lock and fails', (major) => {
  it('is not recorded as failed by a run that has no lock', async () => {
    await using database = await aDatabase({ major })
    const text = 'vacuum;\nselect pg_advisory_unlock_all(); select 1/0;'
    await using work = await aWork(database.url, [await aRunnable('01_t.sql', text)])
    const reasons: string[] = []
    const [outcome] = await applySql({
      ...work,
      reconnect: async (reason) => {
        reasons.push(reason)
        return undefined
      },
    })
    expect(reasons).toEqual(['the lock of this run is gone'])
    expect(outcome).toMatchObject({
      state: 'partial',
      failure: { code: '22012', message: expect.stringContaining('another run holds the lock now') },
    })
    expect(await rowOf(database, '01')).toMatchObject({ status: 'running', statements_done: 1 })
  })
})

eachMajor('a file behind others in one message', (major) => {
  it('takes as long as it does, not as the others before it', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [
      await aRunnable('01_a.sql', 'select pg_sleep(3);'),
      await aRunnable('02_b.sql', 'select 1/0;'),
    ])
    const [first, second] = await applySql(work)
    expect(first?.durationMs).toBeGreaterThanOrEqual(3_000)
    expect(second).toMatchObject({ state: 'failed' })
    expect(second?.durationMs).toBeLessThan(3_000)
  })
})
