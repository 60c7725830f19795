import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { lockKey, lockKeyParts } from '../../src/database/lock-key.js'
import { makeDoor } from '../../src/database/open-session.js'
import { takeLock } from '../../src/database/take-lock.js'
import type { Session } from '../../src/model/session.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aProject } from './a-project.js'
import { access, aSession, asUser, onlyLock, sent, targetOf } from './a-session.js'

const tracking = { schema: 'devflow', table: 'schema_migrations' }

describe('the key of the lock', () => {
  it('never changes', () => {
    expect(lockKey('app', tracking)).toBe(2062415768488176727n)
    expect(lockKey('Zürich "x"', { schema: 'public', table: 'schema_migrations' })).toBe(1553967858925957471n)
  })

  it('is that of the documentation, which anybody can compute', async () => {
    await using database = await aDatabase()
    const [row] = await database.query<{ key: string }>(
      `SELECT ('x' || encode(substring(sha256(convert_to(E'devflow-migrate lock\\napp\\ndevflow.schema_migrations\\n', 'UTF8')) for 8), 'hex'))::bit(64)::bigint AS key`,
    )
    expect(row?.key).toBe('2062415768488176727')
  })

  it('is explained in the documentation', async () => {
    const text = await readFile(new URL('../../docs/database.md', import.meta.url), 'utf8')
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      "first eight bytes, big-endian and signed, of the SHA-256 of `devflow-migrate lock`, the database's name, and `schema.table` of the tracking table, each followed by a line feed",
    )
  })

  it('differs by database and table', () => {
    const keys = [
      lockKey('app', tracking),
      lockKey('app2', tracking),
      lockKey('app', { ...tracking, schema: 'public' }),
      lockKey('app', { ...tracking, table: 'other' }),
    ]
    expect(new Set(keys).size).toBe(4)
  })

  it('is shown by pg_locks in two unsigned halves', () => {
    expect(lockKeyParts(-1n)).toEqual({ classId: '4294967295', objectId: '4294967295' })
    expect(lockKeyParts((1n << 32n) + 7n)).toEqual({ classId: '1', objectId: '7' })
    expect(lockKeyParts(-(1n << 63n))).toEqual({ classId: '2147483648', objectId: '0' })
  })
})

eachMajor('the lock', (major) => {
  it('is had by one session at a time, and the other is told who has it', async () => {
    await using database = await aDatabase({ major })
    const target = targetOf(database)
    await using first = await aSession(database.url)
    await using second = await aSession(database.url)
    const waits: string[] = []
    const take = (session: Session, limitMs: number) =>
      takeLock(session, target, {
        ...onlyLock,
        message: 'SELECT 42',
        limitMs,
        onWait: (holder) => waits.push(holder),
      })

    const had = await take(first, 0)
    expect(had).toMatchObject({ taken: true, backend: first.processId })
    expect(had.reply.results.at(-1)?.rows).toEqual([['42']])
    expect(await take(second, 0)).toMatchObject({
      taken: false,
      holder: expect.stringMatching(
        new RegExp(
          `^process ${first.processId} \\(devflow-migrate, from \\S+, idle, connected \\d+ s ago\\)$`,
        ),
      ),
    })
    // Nothing was waited for: whoever waits is told first.
    expect(waits).toEqual([])

    expect((await take(second, 2_000)).taken).toBe(false)
    expect(waits.length).toBeGreaterThan(0)
    expect(waits.filter((holder) => !holder.startsWith(`process ${first.processId} `))).toEqual([])
  })

  it('is got as soon as its holder is gone, and what is sent with it sees what the holder did', async () => {
    await using database = await aDatabase({ major })
    await database.query('CREATE TABLE public.done (what text)')
    const target = targetOf(database)
    await using second = await aSession(database.url)
    const first = await aSession(database.url)
    expect((await takeLock(first, target, onlyLock)).taken).toBe(true)

    const waiting = takeLock(second, target, {
      ...onlyLock,
      message: 'SELECT what FROM public.done',
      limitMs: 20_000,
    })
    await sent(first, `INSERT INTO public.done VALUES ('all')`)
    await first[Symbol.asyncDispose]()
    const got = await waiting
    expect(got.taken).toBe(true)
    expect(got.reply.results.at(-1)?.rows).toEqual([['all']])
  })

  it('is given back once and had again without being free in between', async () => {
    await using database = await aDatabase({ major })
    await using holder = await aSession(database.url)
    await using other = await aSession(database.url)
    const target = targetOf(database)
    expect((await takeLock(holder, target, onlyLock)).taken).toBe(true)
    const key = lockKey(target.database, target.tracking)
    const { results } = await sent(holder, `SELECT pg_advisory_unlock(${key})`)
    expect(results[0]?.rows).toEqual([['t']])
    expect((await takeLock(other, target, onlyLock)).taken).toBe(false)
  })

  it('is not the lock of another database of the same server', async () => {
    await using database = await aDatabase({ major })
    await using other = await aDatabase({ major })
    await using first = await aSession(database.url)
    await using second = await aSession(other.url)
    const target = targetOf(database)
    expect((await takeLock(first, target, onlyLock)).taken).toBe(true)
    expect((await takeLock(second, target, onlyLock)).taken).toBe(true)
  })

  it('comes with the settings that hold from then on, and a snapshot that is newer than itself', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      `ALTER DATABASE ${database.name} SET default_transaction_isolation = 'repeatable read'`,
    )
    await using session = await aSession(database.url)
    const settings = `SET work_mem = '1234kB';\nSET default_transaction_isolation = 'read committed';`
    const message = `SELECT current_setting('work_mem'), current_setting('transaction_isolation')`
    const { taken, reply } = await takeLock(session, targetOf(database), { ...onlyLock, settings, message })
    expect([taken, reply.results.at(-1)?.rows]).toEqual([true, [['1234kB', 'read committed']]])
    expect((await sent(session, 'SHOW work_mem')).results[0]?.rows).toEqual([['1234kB']])
    expect(reply.state).toBe('I')
  })

  it('is waited for no longer than somebody wants the run', async () => {
    await using database = await aDatabase({ major })
    const target = targetOf(database)
    await using first = await aSession(database.url)
    await using second = await aSession(database.url)
    await takeLock(first, target, onlyLock)
    const asked = new AbortController()
    const started = Date.now()
    const result = await takeLock(second, target, {
      ...onlyLock,
      limitMs: 600_000,
      signal: asked.signal,
      onWait: () => setTimeout(() => asked.abort(), 10),
    })
    expect(result).toMatchObject({ taken: false, aborted: true, holder: expect.stringMatching(/^process /) })
    expect(Date.now() - started).toBeLessThan(20_000)
    expect(
      await takeLock(second, target, { ...onlyLock, limitMs: 600_000, signal: asked.signal }),
    ).toMatchObject({
      taken: false,
      aborted: true,
    })
  })

  it('is never waited for inside SQL: a session that waits holds no snapshot and no transaction', async () => {
    await using database = await aDatabase({ major })
    const target = targetOf(database)
    await using first = await aSession(database.url)
    await using second = await aSession(database.url)
    await takeLock(first, target, onlyLock)
    const asked = new AbortController()
    let waiting: ReturnType<typeof takeLock> | undefined
    await new Promise<void>((resolve) => {
      const onWait = () => resolve()
      waiting = takeLock(second, target, { ...onlyLock, limitMs: 600_000, signal: asked.signal, onWait })
    })
    // It is seen asking for the lock now and then, for a moment.
    await until(async () => {
      const sql = 'SELECT state, backend_xmin FROM pg_stat_activity WHERE pid = $1'
      const [seen] = await database.query<{ state: string; backend_xmin: string | null }>(sql, [
        second.processId,
      ])
      return seen?.state === 'idle' && seen.backend_xmin === null
    })
    asked.abort()
    expect(await waiting).toMatchObject({ taken: false, aborted: true })
  })

  it('shows the run that holds it, with its URL, to a role that may see little', async () => {
    await using database = await aDatabase({ major })
    const role = `weak_${database.name}`
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'weak'`)
    const target = targetOf(database)
    const runUrl = 'https://ghe.example.com/acme/shop/actions/runs/42'
    {
      const door = await makeDoor(database.url, { ...access, run: { ...access.run, runUrl } })
      await using first = await door.open(() => {})
      await takeLock(first, target, onlyLock)
      await using second = await aSession(database.url)
      await using weak = await aSession(asUser(database.url, role, 'weak'))
      expect(
        await takeLock(second, target, {
          ...onlyLock,
          runUrl: 'https://ghe.example.com/acme/shop/actions/runs/43',
        }),
      ).toMatchObject({
        holder: expect.stringMatching(
          new RegExp(
            `^process ${first.processId} \\(devflow-migrate 42 acme/shop, ${runUrl}, from \\S+, idle, connected \\d+ s ago\\)$`,
          ),
        ),
      })
      expect(await takeLock(weak, target, onlyLock)).toMatchObject({
        holder: `process ${first.processId} (devflow-migrate 42 acme/shop, https://github.com/acme/shop/actions/runs/42)`,
      })
    }
    await database.query(`DROP ROLE ${role}`)
  })

  it('gives the error of the message sent with it, as an answer', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    expect(await takeLock(session, targetOf(database), { ...onlyLock, message: 'SELECT 1/0' })).toMatchObject(
      {
        taken: false,
        reply: { error: { code: '22012' } },
      },
    )
  })

  it('refuses a run that would not wait, naming the holder, with nothing done', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({
      'migrations/01_users.sql': 'create table public.users (id int);\n',
    })
    await using holder = await aSession(database.url)
    expect((await takeLock(holder, targetOf(database), onlyLock)).taken).toBe(true)

    const report = await project.run('migrate', database.url, { 'lock-wait': '0s' })
    expect(report).toMatchObject({ status: 'refused', exitCode: 1, ready: false, outcomes: [] })
    expect(report.problems[0]?.message).toMatch(new RegExp(`holds the lock.*process ${holder.processId} `))
    expect(await database.query(`SELECT to_regclass('public.users') AS users`)).toEqual([{ users: null }])
    for (const command of ['status', 'plan', 'verify', 'history']) {
      expect((await project.run(command, database.url)).problems).toEqual([])
    }
  })
})
