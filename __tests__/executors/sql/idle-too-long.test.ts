import { expect, it } from '@jest/globals'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Session } from '../../../src/model/session.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { aRunnable, aWork } from './a-work.js'

eachMajor('a transaction that is left idle for too long', (major) => {
  it('is the failure of its file, which is not sent again', async () => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a ();'),
      await aRunnable('02_b.sql', 'create table b ();'),
      await aRunnable('03_c.sql', 'create table c ();'),
    ]
    await using work = await aWork(database.url, migrations)
    await using again = await aWork(database.url, migrations)
    const reasons: string[] = []
    const outcomes = await applySql({
      ...work,
      session: slow(work.session, database),
      settings: `${work.settings}\nSET idle_in_transaction_session_timeout = 1000;`,
      timeouts: { ...work.timeouts, idleInTransactionMs: 1_000 },
      together: true,
      messageBytes: 30,
      reconnect: async (reason) => {
        reasons.push(reason)
        const { session, backend, records, bookkeeping } = again
        return { session, backend, records, bookkeeping }
      },
    })
    expect(reasons).toEqual([expect.stringContaining('idle-in-transaction timeout')])
    expect(outcomes.map(({ state }) => state)).toEqual(['not-run', 'failed', 'not-run'])
    expect(outcomes[1]).toMatchObject({
      version: '02',
      attempts: 1,
      failure: {
        code: '25P03',
        hint: expect.stringContaining('idle_in_transaction_session_timeout is 1s for this run'),
      },
    })
    expect(await database.query(`select to_regclass('a') as a, to_regclass('b') as b`)).toEqual([
      { a: null, b: null },
    ])
  })
})

/** Too slow for the server between two messages. */
function slow(session: Session, { query }: TestDatabase): Session {
  const there = `select from pg_stat_activity where pid = ${session.processId}`
  return {
    ...session,
    send: async (sql, options) => {
      const reply = await session.send(sql, options)
      if (reply.state === 'T') await until(async () => (await query(there)).length === 0)
      return reply
    },
  }
}
