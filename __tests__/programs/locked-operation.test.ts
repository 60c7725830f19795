import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { InputName } from '../../src/model/inputs.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, type Migrator } from './a-migrator.js'

const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int);',
  '02_orders.sql': 'CREATE TABLE orders (id int);',
}

/** Each a command that writes what is recorded of 02, and nothing else. */
const COMMANDS: readonly [string, Partial<Record<InputName, string>>][] = [
  ['repair', { applied: '02', reason: 'run by hand' }],
  ['baseline', { to: '02', reason: 'made before' }],
  ['adopt', {}],
]

eachMajor('what a command records', (major) => {
  let database: TestDatabase
  let migrator: Migrator
  beforeAll(async () => {
    database = await aDatabase({ major })
    migrator = await aMigrator(database.url, FILES)
  })
  afterAll(async () => {
    await migrator[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  const afresh = async () => {
    await database.query('DROP SCHEMA IF EXISTS devflow, public CASCADE; CREATE SCHEMA public;')
    await database.query(
      `CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY); INSERT INTO schema_migrations VALUES ('02');`,
    )
    await migrator.run('migrate', { given: { to: '01' } })
    migrator.events.length = 0
  }
  const retries = () => migrator.events.flatMap((event) => (event.kind === 'retrying' ? [event] : []))
  const written = () =>
    database.query(
      `select s.status, (select count(*)::int from devflow.migration_history h where h.version = '02' and h.event in ('repaired', 'baselined', 'adopted')) as events from devflow.schema_migrations s where s.version = '02'`,
    )

  it.each(COMMANDS)('is written when a lock is free again: %s', async (command, given) => {
    await afresh()
    await using holder = await aClient(database.url)
    await holder.query('BEGIN; LOCK TABLE devflow.schema_migrations IN SHARE MODE')
    const running = migrator.run(command, { given: { ...given, 'lock-timeout': '500ms' } })
    const named = () => retries().flatMap(({ blockers }) => blockers)
    await until(async () => named().length > 0)
    await holder.query('ROLLBACK')
    const report = await running
    expect([report.exitCode, report.status]).toEqual([0, 'applied'])
    expect(retries()[0]).toMatchObject({ name: command, attempt: 1, reason: expect.stringContaining('lock') })
    expect(named()[0]?.query).toContain('IN SHARE MODE')
    expect(await written()).toEqual([{ status: 'completed', events: 1 }])
  })

  it.each(COMMANDS)('is written again where it lost in a deadlock: %s', async (command, given) => {
    await afresh()
    await database.query(LOSES_ONCE)
    const report = await migrator.run(command, { given })
    expect([report.exitCode, report.status]).toEqual([0, 'applied'])
    expect(retries()).toHaveLength(1)
    expect(await written()).toEqual([{ status: 'completed', events: 1 }])
  })

  it('is not written, and not tried again, once the run is asked to end', async () => {
    await afresh()
    await using holder = await aClient(database.url)
    await holder.query('BEGIN; LOCK TABLE devflow.schema_migrations IN SHARE MODE')
    const ending = new AbortController()
    const [command, given] = COMMANDS[0] as (typeof COMMANDS)[number]
    const running = migrator.run(command, {
      given: { ...given, 'lock-timeout': '150ms' },
      system: { signal: ending.signal },
    })
    await until(async () => retries().length > 0)
    ending.abort('SIGTERM')
    const report = await running
    expect([report.exitCode, report.status]).toEqual([143, 'cancelled'])
    await holder.query('ROLLBACK')
    expect(await written()).toEqual([])
  })
})

/** A sequence goes on though what asked it is rolled back. */
const LOSES_ONCE = `CREATE SEQUENCE public.tries;
GRANT USAGE ON SEQUENCE public.tries TO public;
CREATE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('public.tries') = 1 THEN RAISE deadlock_detected; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lose BEFORE INSERT OR UPDATE ON devflow.schema_migrations
  FOR EACH ROW WHEN (NEW.version = '02') EXECUTE FUNCTION public.lose();`
