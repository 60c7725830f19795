import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Session } from '../../src/model/session.js'
import { aCountingProxy } from '../programs/a-counting-proxy.js'
import { aPgBouncer, type PgBouncer } from '../support/a-pgbouncer.js'
import { needs } from '../support/needs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aSession, sent } from './a-session.js'

const copy = 'copy t from stdin;\n'
const small = '1\n2\n'
/** More than goes ahead of what is asked for. */
const large = '3\n'.repeat(100_000)

/** Messages that fail, or in which the server finds fewer COPYs than there are rows: what they are sent, and the code. */
const OUT_OF_STEP: [string, { readonly sql: string; readonly copies: string[]; readonly code?: string }][] = [
  ['before the first', { sql: `select 1/0; ${copy}${copy}`, copies: [small, small], code: '22012' }],
  ['before a large one', { sql: `select 1/0; ${copy}${copy}`, copies: [large, small], code: '22012' }],
  ['in the middle of one', { sql: copy + copy, copies: ['1\nx\n2\n', small], code: '22P02' }],
  ['in the middle of a large one', { sql: copy + copy, copies: [`x\n${large}`, small], code: '22P02' }],
  ['between two', { sql: `${copy}select 1/0; ${copy}`, copies: [small, small], code: '22012' }],
  [
    'between a large one and another',
    { sql: `${copy}select 1/0; ${copy}`, copies: [large, small], code: '22012' },
  ],
  [
    'that refuses the message as a whole',
    { sql: `${copy}selec 1; ${copy}`, copies: [small, small], code: '42601' },
  ],
  [
    'that is none: there are fewer than there are rows for',
    { sql: copy, copies: [small, small, large, small] },
  ],
]

eachMajor('the rows of a COPY', (major) => {
  let database: TestDatabase
  let pool: PgBouncer | undefined

  beforeAll(async () => {
    database = await aDatabase({ major })
    await database.query('create table t (a int)')
  })

  afterAll(async () => {
    await pool?.[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  const rowsOf = async () => {
    const rows = await database.query('select a from t order by a')
    await database.query('truncate t')
    return rows.map(({ a }) => a)
  }

  const staysInStep = async (session: Session, { sql, copies, code }: (typeof OUT_OF_STEP)[number][1]) => {
    const reply = await session.send(`begin; ${sql}rollback;`, { copies })
    expect([reply.error?.code, reply.state]).toEqual([code, code && code !== '42601' ? 'E' : 'I'])
    if (reply.state === 'E') await sent(session, 'rollback')
    const next = await session.send(`${copy}select count(*) from t; ${copy}`, { copies: ['7\n', '8\n'] })
    expect(next).toMatchObject({ completed: 3, state: 'I', results: [{ rows: [['1']] }] })
    expect(await rowsOf()).toEqual([7, 8])
  }

  it('go with the message: it is one turn, however many there are', async () => {
    await using proxy = await aCountingProxy(database.url)
    await using session = await aSession(proxy.url)
    const reply = await session.send(copy.repeat(100), { copies: Array<string>(100).fill(small) })
    expect(reply).toMatchObject({ completed: 100, state: 'I' })
    // The other one begins the session.
    expect(proxy.turns()).toBe(2)
    expect(await rowsOf()).toHaveLength(200)
  })

  it('take a turn for each 48 KiB of them, not for each COPY', async () => {
    await using proxy = await aCountingProxy(database.url)
    await using session = await aSession(proxy.url)
    const reply = await session.send(copy.repeat(100), {
      copies: Array<string>(100).fill('4\n'.repeat(2_500)),
    })
    expect(reply).toMatchObject({ completed: 100, state: 'I' })
    expect(proxy.turns()).toBeLessThan(30)
    expect(await rowsOf()).toHaveLength(250_000)
  })

  it('arrive each at its own, empty, small and large ones in turn', async () => {
    await using session = await aSession(database.url)
    await sent(session, 'create temporary table u (n serial, a text)')
    const sizes = [3, 0, 200_000, 5, 40_000, 20_000, 0, 1, 400_000, 300_000, 1]
    const copies = sizes.map((size, index) => (size === 0 ? '' : `${index}${'é'.repeat(size)}\n`))
    const each = sizes.map(() => 'copy u (a) from stdin; select count(*), max(length(a)) from u; truncate u;')
    const reply = await session.send(each.join(' '), { copies })
    const expected = copies.map((rows) => (rows ? ['1', String(rows.length - 1)] : ['0', null]))
    expect(reply.results.flatMap(({ rows }) => rows)).toEqual(expected)
  })

  it.each(OUT_OF_STEP)(
    'are not taken for those of the next message after an error %s',
    async (_, message) => {
      await using session = await aSession(database.url)
      for (let count = 0; count < 3; count++) await staysInStep(session, message)
    },
  )

  needs('pgbouncer').it('nor through a pool in session mode', async () => {
    pool = await aPgBouncer(database.url, { mode: 'session', size: 1 })
    await using session = await aSession(pool.url)
    for (const [, message] of OUT_OF_STEP) await staysInStep(session, message)
  })

  it('are passed over where the message is cancelled before the server comes to them', async () => {
    await using session = await aSession(database.url)
    const running = session.send(`select pg_sleep(30); ${copy}`, { copies: [small], keepRows: false })
    await untilAsleep(database)
    await session.cancel()
    expect(await running).toMatchObject({ state: 'I', error: { code: '57014' } })
    await staysInStep(session, { sql: copy, copies: [small] })
  })

  it('do not hide that the server ends the session', async () => {
    await using session = await aSession(database.url)
    const running = session.send(`select pg_sleep(30); ${copy}`, { copies: [small] })
    await untilAsleep(database)
    await database.query(`select pg_terminate_backend(${session.processId})`)
    expect(await running).toMatchObject({ state: 'lost', error: { isTold: true } })
  })

  it('do not hide from the server that the run is gone, however many there are', async () => {
    await using session = await aSession(database.url)
    await sent(session, "set client_connection_check_interval = '1s'")
    const copies = Array<string>(200).fill('3\n'.repeat(10_000))
    const running = session.send(`select pg_sleep(600); ${copy.repeat(200)}`, { copies })
    await untilAsleep(database)
    session.giveUp('gone')
    expect((await running).state).toBe('lost')
    const gone = `select 1 from pg_stat_activity where pid = ${session.processId}`
    // Else it sleeps on for ten minutes.
    await until(async () => (await database.query(gone)).length === 0)
  })
})

async function untilAsleep(database: TestDatabase): Promise<void> {
  const asleep =
    "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
  await until(async () => (await database.query(asleep)).length > 0)
}
