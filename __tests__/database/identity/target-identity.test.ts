import { expect, it } from '@jest/globals'
import { readTarget } from '../../../src/database/read-target.js'
import { takeLock } from '../../../src/database/take-lock.js'
import { judgeIdentity } from '../../../src/gate/judge-identity.js'
import type { PresentIdentity } from '../../../src/model/identity.js'
import type { Target } from '../../../src/model/target.js'
import { aTarget } from '../../support/builders.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { aStandby } from '../../support/postgres/a-standby.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { aProject, trackedIn } from '../a-project.js'
import { aSession, onlyLock, targetOf } from '../a-session.js'
import { aRecorder, writer } from '../history/a-recorder.js'

const wanted = { schema: 'devflow', table: 'schema_migrations', configured: false }
const users = { 'migrations/01_users.sql': 'create table public.users (id bigint primary key);\n' }
const orders = { 'migrations/02_orders.sql': 'create table public.orders (id bigint primary key);\n' }

async function targetAt(url: string): Promise<Target> {
  await using session = await aSession(url)
  return (await readTarget(session, aTarget(), wanted)).target
}

/** As the writer of these tests would use it. */
function present(target: Target): PresentIdentity {
  return { ...target, environment: writer.environment, project: 'shop' }
}

const eventsOf = async (database: TestDatabase) =>
  (await database.query<{ event: string }>('SELECT event FROM devflow.migration_history ORDER BY seq')).map(
    ({ event }) => event,
  )

eachMajor('what a target remembers of itself', (major) => {
  it('is left by the first run that writes, and read with the facts', async () => {
    await using database = await aDatabase({ major })
    expect(await targetAt(database.url)).not.toHaveProperty('identity')
    await using recorder = await aRecorder(database.url)
    const { identity, systemIdentifier, timeline, databaseOid } = await targetAt(database.url)
    expect(identity).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      project: 'shop',
      environment: 'staging',
      systemIdentifier,
      timeline,
      database: database.name,
      databaseOid,
    })
    expect([systemIdentifier, timeline, databaseOid]).toEqual([
      expect.stringMatching(/^\d+$/),
      expect.any(Number),
      expect.any(Number),
    ])
    expect(recorder.books.ensure).toBe('')
    expect(judgeIdentity(identity, present(recorder.target), undefined)).toEqual({ kind: 'same', notes: [] })
  })

  it('is of each tracking table, and of no other', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await using session = await aSession(database.url)
    const other = await readTarget(session, aTarget(), { ...wanted, table: 'other', configured: true })
    expect(other.target).not.toHaveProperty('identity')
    expect(recorder.target).toHaveProperty('identity')
  })

  it('learns what was not known at first, and keeps the rest', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    await database.query(
      'UPDATE devflow.target_identity SET project = NULL, system_identifier = NULL, timeline = 0, database_name = $$old$$',
    )
    const { target, books } = await recorder.again()
    const { id } = target.identity as { id: string }
    await recorder.record(books.ensure)
    const again = await recorder.again()
    expect(again.books.ensure).toBe('')
    expect(again.target.identity).toMatchObject({
      id,
      project: 'shop',
      systemIdentifier: target.systemIdentifier,
      timeline: target.timeline,
      database: database.name,
    })
    expect(await eventsOf(database)).toEqual(['anchor'])
  })

  it('is changed by a move on purpose, once, which the history tells of', async () => {
    await using database = await aDatabase({ major })
    await using recorder = await aRecorder(database.url)
    const { id } = recorder.target.identity as { id: string }
    const mover = { ...writer, environment: `it's "prod"`, movesTarget: true }
    const { books } = await recorder.again(mover)
    await recorder.record(books.ensure)
    await recorder.record(books.ensure)
    const moved = await recorder.again(mover)
    expect(moved.books.ensure).toBe('')
    expect(moved.target.identity).toMatchObject({ environment: `it's "prod"`, project: 'shop' })
    expect(moved.target.identity).not.toMatchObject({ id })
    expect(
      await database.query(`SELECT event, action, detail FROM devflow.migration_history WHERE seq > 1`),
    ).toEqual([
      {
        event: 'moved',
        action: 'move',
        detail: expect.stringMatching(
          /^from environment staging of project shop .* to environment it's "prod" of/,
        ),
      },
    ])
  })

  it('is told to be out of reach where a role may not read it, and where it is locked', async () => {
    await using database = await aDatabase({ major })
    await using _recorder = await aRecorder(database.url)
    const role = `reads_${database.name}`
    await database.query(`CREATE ROLE ${role} LOGIN BYPASSRLS PASSWORD 'r0le'; GRANT USAGE ON SCHEMA devflow TO ${role};
      GRANT SELECT ON devflow.schema_migrations, devflow.migration_history TO ${role}`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'r0le'
    expect((await targetAt(url.href)).identity).toEqual({
      unreadable: 'permission denied for table target_identity',
    })
    await database.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)

    await using blocker = await aClient(database.url)
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE devflow.target_identity')
    expect((await targetAt(database.url)).identity).toEqual({
      unreadable: expect.stringContaining('lock timeout'),
    })
  })
})

eachMajor('a run on a target', (major) => {
  it('of another environment is refused before anything is planned, until it is moved on purpose', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    await project.run('migrate', database.url)
    await project.writeAll(orders)
    const elsewhere = { environment: 'development' }
    for (const command of ['plan', 'dry-run', 'migrate', 'verify']) {
      const report = await project.run(command, database.url, elsewhere)
      expect(report).toMatchObject({
        status: 'refused',
        exitCode: 1,
        ready: false,
        outcomes: [],
        rehearsal: [],
      })
      expect(report.problems[0]?.message).toContain(
        'it is environment staging, and this run is for development',
      )
    }
    expect(await eventsOf(database)).toEqual(['anchor', 'applied'])
    for (const command of ['status', 'history']) {
      const report = await project.run(command, database.url, elsewhere)
      expect(report.exitCode).toBe(0)
      expect(report.notes.join()).toContain('it is environment staging')
    }

    const refused = await project.run('plan', database.url, elsewhere)
    const move = /move-target: (\w{8})\./.exec(refused.problems[0]?.help ?? '')?.[1] ?? ''
    const given = { ...elsewhere, 'move-target': move }
    expect(await project.run('migrate', database.url, given)).toMatchObject({
      status: 'applied',
      ready: true,
    })
    expect(await eventsOf(database)).toEqual(['anchor', 'applied', 'moved', 'applied'])
    expect(await project.run('verify', database.url, elsewhere)).toMatchObject({ exitCode: 0, findings: [] })
    expect(await project.run('migrate', database.url, { 'move-target': move })).toMatchObject({
      status: 'refused',
    })
  })

  it('of another environment is refused at once, while a run of its own is at work', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    await project.run('migrate', database.url)
    await using holder = await aSession(database.url)
    await takeLock(holder, targetOf(database), onlyLock)
    await project.writeAll(orders)
    const report = await project.run('migrate', database.url, {
      environment: 'development',
      'lock-wait': '1m',
    })
    expect(report).toMatchObject({ status: 'refused', exitCode: 1, outcomes: [] })
    expect(JSON.stringify(report.problems)).not.toContain('pg_terminate_backend')
    expect(report.problems).toMatchObject([
      { message: expect.stringContaining('it is environment staging, and this run is for development') },
    ])
  })

  it('is let through as another environment’s, once it was moved, also where nothing was pending', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    await project.run('migrate', database.url)
    const { identity } = await targetAt(database.url)
    const move = (identity as { id: string }).id.slice(0, 8)
    const elsewhere = { environment: 'development' }
    await project.run('migrate', database.url, { ...elsewhere, 'move-target': move })
    expect(await project.run('migrate', database.url, elsewhere)).toMatchObject({
      status: 'up-to-date',
      exitCode: 0,
    })
  })

  it('that is a copy on the same server is refused', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    await project.run('migrate', database.url)
    await using neighbour = await aDatabase({ major })
    const copy = `${database.name}_copy`
    await neighbour.query(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS false`)
    await neighbour.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      database.name,
    ])
    await neighbour.query(`CREATE DATABASE ${copy} TEMPLATE ${database.name}`)
    await neighbour.query(
      `ALTER DATABASE ${database.name} ALLOW_CONNECTIONS true; ALTER DATABASE ${copy} ALLOW_CONNECTIONS true`,
    )
    const url = new URL(database.url)
    url.pathname = `/${copy}`
    const report = await project.run('migrate', url.href)
    expect(report).toMatchObject({ status: 'refused', exitCode: 1 })
    expect(report.problems[0]?.message).toContain(`and this is ${copy} on the same server: a copy`)
    expect(report.problems[0]?.help).toContain('move-target: copy-of-')
    await neighbour.query(`DROP DATABASE ${copy} WITH (FORCE)`)
  })

  it('that was restored from another server is refused, and used as its own once it was moved', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject(users)
    await project.run('migrate', database.url)
    // As a dump brings it along: the row of the original.
    await database.query(
      `UPDATE devflow.target_identity SET system_identifier = '4711', id = '7f3a2b1c-0000-4000-8000-000000000000'`,
    )
    const report = await project.run('migrate', database.url)
    expect(report.problems[0]?.message).toContain('it was used on the database system 4711')
    const given = { 'move-target': 'copy-of-7f3a2b1c' }
    expect(await project.run('migrate', database.url, given)).toMatchObject({ exitCode: 0 })
    expect(await project.run('migrate', database.url)).toMatchObject({ status: 'up-to-date', problems: [] })
    expect(await eventsOf(database)).toEqual(['anchor', 'applied', 'moved'])
  })

  it('of another project is refused, and of one without a name is not', async () => {
    await using database = await aDatabase({ major })
    await using project = await aProject({ ...users, ...trackedIn('devflow') })
    await project.run('migrate', database.url)
    await using nameless = await aProject(users)
    expect(await nameless.run('plan', database.url)).toMatchObject({ exitCode: 0 })
    const other = trackedIn('devflow')['devflow.yml']?.replace('name: test', 'name: blog') ?? ''
    await using blog = await aProject({ ...users, 'devflow.yml': other })
    const report = await blog.run('plan', database.url)
    expect(report.problems[0]?.message).toContain('it belongs to project test, and this run is of blog')
  })
})

eachMajor('a standby that took over', (major) => {
  it('is the same target, and said to be one that took over', async () => {
    const remembered = async (url: string) => {
      await using _recorder = await aRecorder(url)
    }
    await using standby = await aStandby(major, remembered)
    const before = await targetAt(standby.url)
    expect(before).not.toHaveProperty('timeline')
    expect(judgeIdentity(before.identity, present(before), undefined)).toEqual({ kind: 'same', notes: [] })

    await using client = await aClient(standby.url)
    await client.query('SELECT pg_promote()')
    await until(async () => ((await targetAt(standby.url)).timeline ?? 0) > 1)
    const after = await targetAt(standby.url)
    expect(judgeIdentity(after.identity, present(after), undefined)).toEqual({
      kind: 'same',
      notes: [expect.stringMatching(/A standby took over.*on timeline 2 after 1/)],
    })
    await using recorder = await aRecorder(standby.url)
    expect(recorder.target.identity).toMatchObject({ timeline: 2 })
    const left = { ...present(recorder.target), timeline: 1 }
    expect(judgeIdentity(recorder.target.identity, left, undefined)).toMatchObject({ kind: 'refused' })
  })
})
