import { describe, expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import { type FoundTarget, readTarget } from '../../src/database/read-target.js'
import { noteElsewhere, parseElsewhere } from '../../src/database/timeouts-elsewhere.js'
import { whyReadOnly } from '../../src/database/why-read-only.js'
import type { Session } from '../../src/model/session.js'
import { aTarget } from '../support/builders.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { access, aSession, asUser, sent } from './a-session.js'

const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }

/** As a role of the test's own, gone at the end. */
async function asRole<Result>(
  database: TestDatabase,
  body: (url: string, role: string) => Promise<Result>,
): Promise<Result> {
  const role = `app_${database.name}`
  await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'app'`)
  try {
    return await body(asUser(database.url, role, 'app'), role)
  } finally {
    await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  }
}

async function found(url: string): Promise<FoundTarget> {
  const door = await makeDoor(url, access)
  await using session = await door.open(() => {})
  return await readTarget(session, door.endpoint, wanted)
}

eachMajor('what is read of a target', (major) => {
  it('tells the process that works for us, and the database system', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    const { backend, windows, target } = await readTarget(session, aTarget(), wanted)
    const [control] = await database.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    )
    expect([backend, windows]).toEqual([session.processId, false])
    expect(target.systemIdentifier).toBe(control?.id)
  })

  it.each([
    ['1e4', 10_000],
    ['0x10', 16],
    ['0X1f s', 31_000],
    ['010', 8],
    ['.5min', 30_000],
    ['1.5e1s', 15_000],
    ['+90', 90],
    ['2.', 2],
  ])('tells that a timeout is the role’s, however that has it: %s', async (value, ms) => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url, role) => {
      await database.query(`ALTER ROLE ${role} SET lock_timeout = '${value}'`)
      expect((await found(url)).elsewhere).toEqual([
        { name: 'lock_timeout', ms, where: `for the role ${role}` },
      ])
    })
  })

  it('tells by what a restart and a crash show, and does without where a role may not ask', async () => {
    await using database = await aDatabase({ major })
    const { life } = await found(database.url)
    const [said] =
      await database.query(`select extract(epoch from pg_postmaster_start_time())::float8 as "startedAt",
      extract(epoch from stats_reset)::float8 as "countsSince" from pg_stat_bgwriter`)
    expect(life).toEqual(said)
    await asRole(database, async (url) => {
      expect((await found(url)).life).toEqual(life)
      await database.query('REVOKE EXECUTE ON FUNCTION pg_postmaster_start_time() FROM PUBLIC')
      expect(await found(url)).not.toHaveProperty('life')
    })
  })

  it('tells whose rights hold where they are not the user’s own', async () => {
    await using database = await aDatabase({ major })
    expect((await found(database.url)).target).not.toHaveProperty('role')
    await asRole(database, async (url, role) => {
      expect((await found(url)).target).not.toHaveProperty('role')
      await database.query(
        `ALTER ROLE ${role} IN DATABASE ${database.name} SET role = pg_monitor; GRANT pg_monitor TO ${role}`,
      )
      expect((await found(url)).target.role).toBe('pg_monitor')
    })
    const asAnother = `${database.url}?options=${encodeURIComponent('-c role=pg_read_all_stats')}`
    expect((await found(asAnother)).target.role).toBe('pg_read_all_stats')
  })

  it('tells the database system to every role, and does without where a role may not ask', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url) => {
      expect((await found(url)).target.systemIdentifier).toMatch(/^\d+$/)
      await database.query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC')
      const { target, backend } = await found(url)
      expect(target).not.toHaveProperty('systemIdentifier')
      expect(backend).toBeGreaterThan(0)
    })
  })

  it('does without where a role may not ask, and an error would end the connection', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url, role) => {
      await database.query('REVOKE EXECUTE ON FUNCTION pg_control_checkpoint() FROM PUBLIC')
      await database.query(`ALTER ROLE ${role} SET exit_on_error = on`)
      await using session = await aSession(url)
      const { target, backend } = await readTarget(session, aTarget(), wanted)
      expect(target.systemIdentifier).toMatch(/^\d+$/)
      expect(target).not.toHaveProperty('timeline')
      expect(backend).toBe(session.processId)
      await database.query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC')
      expect((await readTarget(session, aTarget(), wanted)).target).not.toHaveProperty('systemIdentifier')
      expect(await session.send('SELECT 1')).toMatchObject({ completed: 1, state: 'I' })
    })
  })

  it('tells a role that may not use PL/pgSQL which right it lacks', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url) => {
      await database.query('REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC')
      await expect(found(url)).rejects.toMatchObject({
        problems: [
          {
            message: expect.stringContaining('permission denied for language plpgsql'),
            help: expect.stringContaining('GRANT USAGE ON LANGUAGE plpgsql'),
          },
        ],
      })
    })
  })

  it('leaves the session as it was', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    // The language brings settings of its own when it is first used.
    await sent(session, 'DO $$ BEGIN END $$')
    const settings = async () => (await sent(session, 'SHOW ALL')).results[0]?.rows
    const before = await settings()
    await readTarget(session, aTarget(), wanted)
    expect(await settings()).toEqual(before)
  })

  it('tells which timeouts come from elsewhere, and the strongest of those who say so', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url, role) => {
      expect((await found(url)).elsewhere).toEqual([])
      await database.query(`ALTER DATABASE ${database.name} SET statement_timeout = '2min';
        ALTER DATABASE ${database.name} SET lock_timeout = 1500;
        ALTER ROLE ${role} SET statement_timeout = '30s';
        ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '1h';
        ALTER ROLE ${role} IN DATABASE ${database.name} SET idle_in_transaction_session_timeout = '2h';
        ALTER ROLE ${role} SET idle_session_timeout = '3h'`)
      expect((await found(url)).elsewhere).toEqual([
        {
          name: 'idle_in_transaction_session_timeout',
          ms: 7_200_000,
          where: `for the role ${role} in the database ${database.name}`,
        },
        { name: 'lock_timeout', ms: 1_500, where: `for the database ${database.name}` },
        { name: 'statement_timeout', ms: 30_000, where: `for the role ${role}` },
      ])
      await database.query(`ALTER ROLE ${role} SET statement_timeout = 0`)
      expect((await found(url)).elsewhere.map(({ name }) => name)).not.toContain('statement_timeout')
      expect((await found(`${url}?options=-c%20statement_timeout%3D7s`)).elsewhere.at(-1)).toEqual({
        name: 'statement_timeout',
        ms: 7_000,
        where: 'by the options of the URL',
      })
    })
  })

  it('tells of the options of the URL, however they are written', async () => {
    await using database = await aDatabase({ major })
    const options = '-cLock_Timeout=5s --idle-in-transaction-session-timeout=7s -c search_path=x'
    const { elsewhere } = await found(`${database.url}?options=${encodeURIComponent(options)}`)
    expect(elsewhere).toEqual([
      { name: 'idle_in_transaction_session_timeout', ms: 7_000, where: 'by the options of the URL' },
      { name: 'lock_timeout', ms: 5_000, where: 'by the options of the URL' },
    ])
  })

  it('tells who has it read only, and what ends that', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url, role) => {
      expect(await found(url)).not.toHaveProperty('readOnly')
      for (const [sql, where] of [
        [`DATABASE ${database.name}`, `for the database ${database.name}`],
        [`ROLE ${role}`, `for the role ${role}`],
        [
          `ROLE ${role} IN DATABASE ${database.name}`,
          `for the role ${role} in the database ${database.name}`,
        ],
      ]) {
        await database.query(`ALTER ${sql} SET default_transaction_read_only = on`)
        const { why, help = '' } = (await found(url)).readOnly ?? {}
        expect(why).toBe(`is set to read only (default_transaction_read_only) ${where}`)
        await database.query(`SET default_transaction_read_only = on`)
        await database.query(/^BEGIN .* COMMIT;/.exec(help)?.[0] ?? 'no way out')
        await database.query(`SET default_transaction_read_only = off`)
        expect(await found(url)).not.toHaveProperty('readOnly')
      }
      const byUrl = await found(`${url}?options=-c%20default_transaction_read_only%3Don`)
      expect(byUrl.readOnly).toMatchObject({
        why: expect.stringContaining('by the options of the URL'),
        help: expect.stringContaining('Take default_transaction_read_only out'),
      })
    })
  })

  it('is not kept from being read by a timeout of the role', async () => {
    await using database = await aDatabase({ major })
    await asRole(database, async (url, role) => {
      await database.query(`ALTER ROLE ${role} SET statement_timeout = '1ms'`)
      // On a busy machine so short a one strikes before it is lifted.
      const tries = async (left: number): ReturnType<typeof found> =>
        found(url).catch((error) => (left > 0 ? tries(left - 1) : Promise.reject(error)))
      expect((await tries(50)).elsewhere).toEqual([
        { name: 'statement_timeout', ms: 1, where: `for the role ${role}` },
      ])
    })
  })
})

describe('what neither role nor database nor URL says', () => {
  it('is said by the configuration of the server', () => {
    const said = [{ where: 'for the role app', value: '2s' }]
    const [lock, statement] = parseElsewhere(
      [
        { name: 'lock_timeout', ms: '5000', said },
        { name: 'statement_timeout', ms: '5000', said: [] },
      ],
      ['work_mem'],
    )
    expect([lock?.where, statement?.where]).toEqual(Array(2).fill('by the configuration of the server'))
  })

  it.each([
    [
      'configuration file',
      /by the configuration of the server$/,
      /^ALTER SYSTEM RESET default_transaction_read_only/,
    ],
    ['command line', /by the configuration of the server$/, /^Start/],
    ['global', /for all roles$/, /ALTER ROLE ALL RESET/],
    ['session', /by a login trigger or a pooler$/, /leave it off/],
  ])('has a way out of its own where that is read only: %s', (source, why, help) => {
    const readOnly = { source, role: 'app' }
    expect(whyReadOnly({ standby: false, readOnly, database: 'app' })).toEqual({
      why: expect.stringMatching(why),
      help: expect.stringMatching(help),
    })
  })

  it('has none but the primary on a standby', () => {
    expect(whyReadOnly({ standby: true, readOnly: null, database: 'app' })?.help).toContain('the primary')
  })
})

describe('a server on Windows', () => {
  const reading = async (build: string) => {
    const facts = {
      versionNumber: 180000,
      version: '18.0',
      schemas: [],
      tables: [],
      timeouts: [],
    }
    const session: Session = {
      processId: 1,
      send: async () => ({
        results: [{ columns: ['json'], rows: [[JSON.stringify({ ...facts, build })]] }],
        completed: 1,
        state: 'I',
      }),
      giveUp: () => {},
      cancel: async () => {},
      [Symbol.asyncDispose]: async () => {},
    }
    return (await readTarget(session, aTarget(), wanted)).windows
  }

  it.each([
    ['PostgreSQL 16.3, compiled by Visual C++ build 1938, 64-bit', true],
    ['PostgreSQL 18.0 on x86_64-windows, compiled by msvc-19.44.35213, 64-bit', true],
    ['PostgreSQL 17.2 on x86_64-w64-mingw32, compiled by gcc.exe, 64-bit', true],
    ['PostgreSQL 18.4 on x86_64-pc-linux-gnu, compiled by gcc (Ubuntu 7.5.0) 7.5.0, 64-bit', false],
    ['PostgreSQL 18.4 on aarch64-apple-darwin24.6.0, compiled by Apple clang version 17.0.0, 64-bit', false],
  ])('is known by what it says of itself: %s', async (build, expected) => {
    expect(await reading(build)).toBe(expected)
  })
})

describe('the note on a timeout that comes from elsewhere', () => {
  it('says what it is, by whom, and what this run uses', () => {
    const elsewhere = [
      { name: 'statement_timeout', ms: 30_000, where: 'for the role app' },
      { name: 'lock_timeout', ms: 1_500, where: 'for the database shop' },
      { name: 'transaction_timeout', ms: 60_000, where: 'for all roles' },
    ]
    const timeouts = { lockMs: 3_000, statementMs: 0, idleInTransactionMs: 0, transactionMs: 250 }
    expect(noteElsewhere(elsewhere, timeouts, 18)).toEqual([
      'statement_timeout is set to 30s for the role app; this run uses 0 (no limit).',
      'lock_timeout is set to 1500ms for the database shop; this run uses 3s.',
      'transaction_timeout is set to 60s for all roles; this run uses 250ms.',
    ])
  })
})
