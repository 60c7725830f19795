import { expect, it, jest } from '@jest/globals'
import { applySql } from '../../../src/executors/sql/apply.js'
import { composeBatch } from '../../../src/executors/sql/compose-batch.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import type { Watch } from '../../../src/model/watch.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aRunnable, aWork } from './a-work.js'

/** What is said of the disk before each file's COMMIT. */
function commits(sent: string): (string | undefined)[] {
  const ends = sent.split(/^COMMIT;$/m).filter((part) => part.includes("status = 'completed'"))
  return ends.map((part) => SOON.exec(part)?.[1])
}

const SOON = /^SELECT set_config\('synchronous_commit', '(\w+)', true\).*;$/m

eachMajor('a message of three files', (major) => {
  it.each([
    ['waits for the disk once, at its end', false, ['off', 'off', undefined]],
    ['waits for it each time where that is asked for', true, [undefined, undefined, undefined]],
  ])('%s', async (_, waits, expected) => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', 'create table b (n int);'),
      await aRunnable('03_c.sql', "create table c as select current_setting('synchronous_commit') as said;"),
    ]
    await using work = await aWork(database.url, migrations)
    const frame = { prologue: '', epilogue: '', markOf: String, waits }
    const { sent, done } = composeBatch(work, migrations, frame)
    expect(commits(sent)).toEqual(expected)
    const reply = await work.session.send(sent)
    expect([reply.error, reply.completed]).toEqual([undefined, done])
    const [{ said }] = (await database.query('select said from c')) as [{ said: string }]
    const [{ usual }] = (await database.query("select current_setting('synchronous_commit') as usual")) as [
      { usual: string },
    ]
    expect(said).toBe(usual)
  })

  it('waits for it in the middle, where a crash would not take all that a file did', async () => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', "insert into a select 1 from pg_ls_waldir() where name = 'none';"),
      await aRunnable('03_c.sql', 'create table c (n int); insert into c values (1);'),
      await aRunnable('04_d.sql', 'create table d (n int);'),
    ]
    await using work = await aWork(database.url, migrations)
    const { sent } = composeBatch(work, migrations, { prologue: '', epilogue: '', markOf: String })
    expect(commits(sent)).toEqual(['off', undefined, 'off', undefined])
    expect((await work.session.send(sent)).error).toBeUndefined()
  })

  it('waits for it each time where an event trigger may do something that a crash would not take', async () => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', 'create table b (n int);'),
    ]
    await using work = await aWork(database.url, migrations)
    const { sent } = composeBatch(work, migrations, { prologue: '', epilogue: '', markOf: String })
    const said = async () => {
      await database.query(`begin; ${SOON.exec(sent)?.[0]}`)
      const [row] = await database.query<{ said: string }>(
        "select current_setting('synchronous_commit') as said",
      )
      await database.query('rollback')
      return row?.said
    }
    expect(await said()).toBe('off')
    await database.query(`set synchronous_commit = on;
      create function f() returns event_trigger language plpgsql as 'begin end';
      create event trigger e on ddl_command_end execute function f()`)
    expect(await said()).toBe('on')
    await database.query('alter event trigger e disable')
    expect(await said()).toBe('off')
    await database.query('alter event trigger e enable replica')
    expect(await said()).toBe('on')
  })

  it('of which a crash took two that were told of has them not run where the first of them fails by now', async () => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', 'create table b (n int);'),
      await aRunnable('03_c.sql', 'select pg_sleep(0.2), pg_terminate_backend(pg_backend_pid());'),
    ]
    await using work = await aWork(database.url, migrations)
    await using again = await aWork(database.url, migrations)
    const told: string[] = []
    const outcomes = await applySql({
      ...work,
      observe: (event) => {
        if (event.kind === 'applied') told.push(`${event.outcome.version} ${event.outcome.state}`)
        if (event.kind === 'taken-back') told.push(`${event.count} from ${event.index}`)
      },
      reconnect: async () => {
        await database.query('delete from devflow.schema_migrations; drop table b')
        const { session, backend, records, bookkeeping } = again
        return { session, backend, records, bookkeeping }
      },
    })
    expect(told).toEqual(['01 applied', '02 applied', '2 from 1', '01 failed'])
    expect(outcomes.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '01 failed',
      '02 not-run',
      '03 not-run',
    ])
  })
})

eachMajor('a message that takes the server a while to read', (major) => {
  it('says when it is read, so that the first file is not charged with that', async () => {
    await using database = await aDatabase({ major })
    const large = `insert into a values (1);\n${'select 1;\n'.repeat(40_000)}`
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', large),
      await aRunnable('03_c.sql', 'select 1;\ninsert into missing values (1);'),
    ]
    await using work = await aWork(database.url, migrations)
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0)
    // Told of each mark before the executor is: the first one comes after 7 s, the others at once.
    const during: Watch['during'] = async (_backend, _lockMs, send) => {
      const reply = await send(() => clock.mockReturnValue(7_000))
      return { reply, blockers: [] }
    }
    const outcomes = await applySql({ ...work, watch: { ...work.watch, during } }).finally(() =>
      clock.mockRestore(),
    )
    expect(outcomes).toMatchObject([
      { state: 'applied', durationMs: 0 },
      { state: 'applied', durationMs: 0 },
      { state: 'failed', failure: { code: '42P01', position: { line: 2 } } },
    ])
    expect(work.events.filter(({ kind }) => kind === 'notice')).toEqual([])
  })

  it('says nothing of it where it holds little, or a single file', async () => {
    await using database = await aDatabase({ major })
    await using work = await aWork(database.url, [])
    const frame = { prologue: '', epilogue: '', markOf: String, readMark: 'it is read' }
    const [small, large] = [
      await aRunnable('01_a.sql', 'select 1;'),
      await aRunnable('02_b.sql', 'select 1;\n'.repeat(40_000)),
    ]
    const isTold = (migrations: RunnableMigration[]) =>
      composeBatch(work, migrations, frame).sent.includes(frame.readMark)
    expect([isTold([small, small]), isTold([large]), isTold([small, large])]).toEqual([false, false, true])
  })
})
