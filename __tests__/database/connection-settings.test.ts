import { expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import { sessionSettings } from '../../src/database/session-settings.js'
import type { Timeouts } from '../../src/model/config.js'
import { UserError } from '../../src/model/user-error.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { access, aSession, sent } from './a-session.js'

const withoutLimit: Timeouts = { lockMs: 0, statementMs: 0, idleInTransactionMs: 0, transactionMs: 0 }

/** Each would send the connection elsewhere, refuse it, or change what the session does. */
const bent = {
  PGPASSWORD: 'wrong',
  PGHOST: 'elsewhere.invalid',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGUSER: 'mallory',
  PGDATABASE: 'elsewhere',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGSSLROOTCERT: '/nowhere/ca.pem',
  PGOPTIONS: '-c search_path=mallory -c statement_timeout=1',
  PGAPPNAME: 'mallory',
  PGCLIENTENCODING: 'LATIN1',
  PGCLIENT_ENCODING: 'LATIN1',
  PGCONNECT_TIMEOUT: '1',
  PGPASSFILE: '/nowhere/pgpass',
  PGSERVICE: 'mallory',
  PGREPLICATION: 'database',
  PGBINARY: '1',
  PGTZ: 'Asia/Tokyo',
  PGDATESTYLE: 'SQL',
  PGTARGETSESSIONATTRS: 'standby',
}

const shown = `SELECT current_user, current_database(), current_setting('application_name'), current_setting('client_encoding'),
  current_setting('search_path'), current_setting('statement_timeout'), current_setting('TimeZone'), current_setting('DateStyle'), 'ä€😀',
  (SELECT backend_type FROM pg_stat_activity WHERE pid = pg_backend_pid())`

/** Does something with these variables set, and no other PG* variable. */
async function withVariables<Result>(
  variables: Record<string, string>,
  body: () => Promise<Result>,
): Promise<Result> {
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('PG'))
  for (const [name] of before) delete process.env[name]
  Object.assign(process.env, variables)
  try {
    return await body()
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name]
    Object.assign(process.env, Object.fromEntries(before))
  }
}

eachMajor('PG* variables', (major) => {
  it('never influence a connection', async () => {
    await using database = await aDatabase({ major })
    const rowOf = async () => {
      await using session = await aSession(database.url)
      return (await sent(session, shown)).results[0]?.rows[0]
    }
    const plain = await withVariables({}, rowOf)
    expect(plain).toEqual(
      expect.arrayContaining(['postgres', database.name, 'devflow-migrate', 'UTF8', 'ä€😀']),
    )
    expect(await withVariables(bent, rowOf)).toEqual(plain)
    for (const [name, value] of Object.entries(bent)) {
      expect([name, await withVariables({ [name]: value }, rowOf)]).toEqual([name, plain])
    }
  })

  it('never fill a gap of the URL', async () => {
    await using database = await aDatabase({ major })
    const url = new URL(database.url)
    const PGPASSWORD = url.password
    url.password = ''
    const refused = withVariables({ PGPASSWORD }, () => aSession(url.href))
    await expect(refused).rejects.toThrow(UserError)
    await expect(refused).rejects.toThrow(/password must be a non-empty string/)
    const { endpoint } = await withVariables(bent, () =>
      makeDoor('postgresql://ada@/?sslmode=disable', access),
    )
    expect(endpoint).toEqual({
      host: 'localhost',
      port: 5432,
      database: 'ada',
      user: 'ada',
      tls: 'off (sslmode=disable)',
    })
  })
})

eachMajor('a session', (major) => {
  it('says every timeout itself, whatever the role and the database say', async () => {
    await using database = await aDatabase({ major })
    const names = [
      'lock_timeout',
      'statement_timeout',
      'idle_in_transaction_session_timeout',
      ...(major >= 17 ? ['transaction_timeout'] : []),
    ]
    for (const name of [...names, 'idle_session_timeout'])
      await database.query(`ALTER DATABASE ${database.name} SET ${name} = '1h'`)
    await using session = await aSession(database.url)
    const shown = async (timeouts: Timeouts) => {
      await sent(session, sessionSettings({ ...access, timeouts }, { serverMajor: major, windows: false }))
      const { results } = await sent(
        session,
        `SELECT ${[...names, 'idle_session_timeout'].map((name) => `current_setting('${name}')`).join(', ')}`,
      )
      return results[0]?.rows[0]
    }
    const some = { lockMs: 3_000, statementMs: 120_000, idleInTransactionMs: 7_000, transactionMs: 480_000 }
    expect(await shown(some)).toEqual(['3s', '2min', '7s', ...(major >= 17 ? ['8min'] : []), '0'])
    const none = { lockMs: 0, statementMs: 0, idleInTransactionMs: 0, transactionMs: 0 }
    expect(await shown(none)).toEqual(names.map(() => '0').concat('0'))
  })

  it('is looked after by its server, over TCP', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await sent(
      session,
      sessionSettings({ ...access, timeouts: withoutLimit }, { serverMajor: major, windows: false }),
    )
    const { results } = await sent(
      session,
      `SELECT current_setting('client_connection_check_interval'), current_setting('tcp_keepalives_idle'),
        current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'), current_setting('tcp_user_timeout')`,
    )
    expect(results[0]?.rows).toEqual([['1s', '10', '5', '3', '25000']])
  })

  it('does not ask a server on Windows for what it would refuse', () => {
    const settings = sessionSettings(
      { ...access, timeouts: withoutLimit },
      { serverMajor: 18, windows: true },
    )
    expect(settings).not.toMatch(/client_connection_check_interval|tcp_/)
    expect(settings).toContain('SET lock_timeout = 0;')
  })

  it('that was killed is gone from the server, with what it ran and its lock, within some seconds', async () => {
    await using database = await aDatabase({ major })
    const session = await aSession(database.url)
    await sent(
      session,
      sessionSettings({ ...access, timeouts: withoutLimit }, { serverMajor: major, windows: false }),
    )
    await sent(session, 'SELECT pg_advisory_lock(1)')
    const running = session.send('SELECT pg_sleep(60)')
    const alive = async () =>
      (await database.query('SELECT FROM pg_stat_activity WHERE pid = $1', [session.processId])).length > 0
    await until(
      async () =>
        (
          await database.query(`SELECT FROM pg_stat_activity WHERE pid = $1 AND state = 'active'`, [
            session.processId,
          ])
        ).length > 0,
    )
    await session[Symbol.asyncDispose]()
    await running
    await until(async () => !(await alive()))
  })

  it('passes on the options that the URL holds', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(`${database.url}?options=-c%20work_mem%3D1234kB`)
    expect((await sent(session, 'SHOW work_mem')).results[0]?.rows).toEqual([['1234kB']])
  })

  it('shows its run to others, and tells of its server’s notices', async () => {
    await using database = await aDatabase({ major })
    const run = { ...access.run, runUrl: 'https://github.com/acme/shop/actions/runs/42' }
    const door = await makeDoor(database.url, {
      ...access,
      run,
      redact: (text) => text.replaceAll('s3cret', '***'),
    })
    const notices: string[] = []
    await using session = await door.open((severity, message) => notices.push(`${severity}: ${message}`))
    expect((await sent(session, 'SHOW application_name')).results[0]?.rows).toEqual([
      ['devflow-migrate 42 acme/shop'],
    ])
    await sent(session, `DO $$ BEGIN RAISE NOTICE 'the s3cret'; RAISE WARNING 'mind'; END $$`)
    expect(notices).toEqual(['NOTICE: the ***', 'WARNING: mind'])
  })

  it('answers an error with what was done before it, redacted, without DETAIL', async () => {
    await using database = await aDatabase({ major })
    const door = await makeDoor(database.url, {
      ...access,
      redact: (text) => text.replaceAll('s3cret', '***'),
    })
    await using session = await door.open(() => {})
    expect(await session.send(`SELECT 1; SELECT 2; SELECT 's3cret'::integer; SELECT 3`)).toEqual({
      results: [
        { columns: ['?column?'], rows: [['1']] },
        { columns: ['?column?'], rows: [['2']] },
      ],
      completed: 2,
      state: 'I',
      error: {
        code: '22P02',
        message: 'invalid input syntax for type integer: "***"',
        characterPosition: 28,
        fatal: false,
      },
    })
    expect(await session.send('BEGIN; SELECT 1/0')).toMatchObject({
      state: 'E',
      completed: 1,
      error: { code: '22012' },
    })
    expect(await session.send('ROLLBACK')).toMatchObject({ state: 'I' })
    expect(await session.send('')).toEqual({ results: [], completed: 0, state: 'I' })
    expect(await session.send('CREATE TABLE public.t (i integer); COPY public.t FROM STDIN')).toMatchObject({
      error: { message: expect.stringMatching(/the file holds no rows for this COPY FROM STDIN/) },
    })
    expect(await session.send('SELECT generate_series(1, 3)', { keepRows: false })).toEqual({
      results: [],
      completed: 1,
      state: 'I',
    })
  })

  it('answers a lost connection as a value, each time it is asked', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    const ended = session.send('SELECT pg_sleep(30)')
    await database.query('SELECT pg_terminate_backend($1)', [session.processId])
    expect(await ended).toMatchObject({ state: 'lost', error: { code: 'connection-lost', fatal: true } })
    expect(await session.send('SELECT 1')).toMatchObject({
      state: 'lost',
      error: { code: 'connection-lost' },
    })
  })
})
