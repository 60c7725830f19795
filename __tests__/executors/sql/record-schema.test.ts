import { expect, it } from '@jest/globals'
import { recordSchema } from '../../../src/database/schema/record-schema.js'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { anUnreadable, aRunnable, aWork } from './a-work.js'

const recording = recordSchema({ schema: 'devflow', table: 'schema_migrations', version: 4 }, '0.1.0', [])

/** Applies the files and tells what came of them, how many messages that took, and which tables are recorded. */
async function apply(
  database: TestDatabase,
  migrations: readonly RunnableMigration[],
  options: { together?: boolean; recordSchema?: string; aborted?: boolean } = {},
) {
  const { together = false, recordSchema: sql = recording, aborted = false } = options
  await using work = await aWork(database.url, migrations)
  const sent: string[] = []
  const outcomes = await applySql({
    ...work,
    together,
    ...(sql ? { recordSchema: sql } : {}),
    ...(aborted ? { signal: AbortSignal.abort('SIGTERM') } : {}),
    session: {
      ...work.session,
      send: (text, sending) => {
        sent.push(text)
        return work.session.send(text, sending)
      },
    },
  })
  return {
    states: outcomes.map(({ state }) => state),
    messages: sent.length,
    recorded: await recordedTables(database),
    events: work.events,
  }
}

async function recordedTables(database: TestDatabase): Promise<string[] | undefined> {
  const [row] = await database.query<{ objects: string }>(
    'SELECT objects FROM devflow.schema_snapshots ORDER BY id DESC LIMIT 1',
  )
  return row?.objects.split('\n').flatMap((line) => /^table\t(\S+)/.exec(line)?.[1] ?? [])
}

const good = (n: number) => aRunnable(`0${n}_t.sql`, `create table t${n} (n int);`)
const bad = aRunnable('09_bad.sql', 'select 1/0;')

eachMajor('the executor records the schema', (major) => {
  it('in the message of the last file, at no turn more', async () => {
    await using database = await aDatabase({ major })
    const files = [await good(1), await good(2)]
    expect(await apply(database, files)).toMatchObject({
      states: ['applied', 'applied'],
      messages: 1,
      recorded: ['public.t1', 'public.t2'],
    })
  })

  it('in the message of files that share one transaction', async () => {
    await using database = await aDatabase({ major })
    const files = [await good(1), await good(2)]
    expect(await apply(database, files, { together: true })).toMatchObject({
      states: ['applied', 'applied'],
      messages: 1,
      recorded: ['public.t1', 'public.t2'],
    })
  })

  it('in a message of its own where the last file runs alone', async () => {
    await using database = await aDatabase({ major })
    for (const [name, last] of [
      ['outside a transaction', await aRunnable('02_i.sql', 'create index concurrently i on t1 (n);')],
      ['in pieces', anUnreadable('03_p.sql', 'create table p ();')],
    ] as const) {
      const files = name === 'in pieces' ? [last] : [await good(1), last]
      const { states, recorded } = await apply(database, files)
      expect([name, new Set(states)]).toEqual([name, new Set(['applied'])])
      expect(recorded).toContain(name === 'in pieces' ? 'public.p' : 'public.t1')
    }
  })

  it('where a later file fails; and not where nothing was applied', async () => {
    await using database = await aDatabase({ major })
    expect(await apply(database, [await bad, await good(1)])).toMatchObject({
      states: ['failed', 'not-run'],
      recorded: undefined,
    })
    expect(await apply(database, [await good(1), await bad, await good(2)])).toMatchObject({
      states: ['applied', 'failed', 'not-run'],
      recorded: ['public.t1'],
    })
    expect(await apply(database, [await good(3), await bad], { together: true })).toMatchObject({
      states: ['not-run', 'failed'],
      recorded: ['public.t1'],
    })
  })

  it('where a file outside a transaction stops in the middle', async () => {
    await using database = await aDatabase({ major })
    const half = aRunnable(
      '01_half.sql',
      'create table a (n int); create index concurrently on a (n); select 1/0;',
    )
    expect(await apply(database, [await half])).toMatchObject({ states: ['partial'], recorded: ['public.a'] })
  })

  it('not where it is not asked to, nor where the run was to end', async () => {
    await using database = await aDatabase({ major })
    expect(await apply(database, [await good(1)], { recordSchema: '' })).toMatchObject({
      states: ['applied'],
      messages: 1,
      recorded: undefined,
    })
    expect(await apply(database, [await good(2)], { aborted: true })).toMatchObject({
      states: ['not-run'],
      recorded: undefined,
    })
  })

  it('without any harm where it can not', async () => {
    await using database = await aDatabase({ major })
    const told = await apply(database, [
      await aRunnable('01_d.sql', 'create table t1 (); drop table devflow.schema_snapshots;'),
    ]).catch(() => undefined)
    // The table that is asked afterwards is gone; the file is applied all the same.
    expect(told).toBeUndefined()
    expect(await database.query('SELECT status FROM devflow.schema_migrations')).toEqual([
      { status: 'completed' },
    ])
  })

  it.each([
    ['in the last message', [1, 2]],
    ['in one transaction', [1, 2]],
  ])('and nobody’s file fails for an error there, %s', async (where, numbers) => {
    await using database = await aDatabase({ major })
    const files = await Promise.all(numbers.map(good))
    const broken = 'BEGIN READ WRITE;\nSELECT 1/0;\nCOMMIT;'
    expect(
      await apply(database, files, { recordSchema: broken, together: where === 'in one transaction' }),
    ).toMatchObject({ states: ['applied', 'applied'], recorded: undefined })
    expect(await database.query('SELECT status, error_message FROM devflow.schema_migrations')).toEqual([
      { status: 'completed', error_message: null },
      { status: 'completed', error_message: null },
    ])
  })
})
