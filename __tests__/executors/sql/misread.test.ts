import { expect, it } from '@jest/globals'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Outcome } from '../../../src/model/outcome.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { runOnce } from './a-cut-work.js'
import { aLarge, aRunnable, aWork } from './a-work.js'

/** What no reader of the file sees. */
const off = `do $$ begin execute 'set standard_conforming' || '_strings = off'; end $$;\n`
const offLocally = off.replace('set ', 'set local ')

/** To the parser all of the rest is one string; to a server that is set to `off` it ends before COMMIT. */
const hidden = `select 'a\\'' ; commit; select 1/0; --';\n`

const insert = (n: number) => `insert into t values (${n});\n`

const table = () => aRunnable('01_t.sql', 'create table t (n int);')

const states = (outcomes: readonly Outcome[]) => outcomes.map(({ version, state }) => `${version} ${state}`)

const rows = async (database: TestDatabase) =>
  (await database.query<{ n: number }>('select n from t order by n')).map(({ n }) => n)

const kept = (database: TestDatabase) =>
  database.query(
    'select version, status, statements_done as done from devflow.schema_migrations order by version',
  )

eachMajor('a session that was set to read strings otherwise at run time', (major) => {
  it.each([
    ['alone', off, false],
    ['for the transaction', offLocally, false],
    ['together with others', off, true],
  ])('gets no more of a large file, of which nothing stays: %s', async (_, set, together) => {
    await using database = await aDatabase({ major })
    const large = aLarge('02_large.sql', [insert(1), set, insert(2), hidden, insert(3)])
    const { outcomes, sent } = await runOnce(database.url, [await table(), large], undefined, {
      together,
      messageBytes: 40,
    })
    expect(states(outcomes)).toEqual([together ? '01 not-run' : '01 applied', '02 failed'])
    expect(outcomes[1]?.failure).toMatchObject({
      code: 'DF010',
      message: expect.stringContaining('standard_conforming_strings is off'),
      hint: expect.stringContaining("E'…'"),
      position: { line: 3 },
    })
    expect(sent.join()).not.toContain('values (3)')
    if (!together) expect(await rows(database)).toEqual([])
    else expect(await database.query(`select to_regclass('t') as t`)).toEqual([{ t: null }])
    expect((await kept(database)).at(-1)).toMatchObject({ version: '02', status: 'failed' })
  })

  it('gets a large file that sets it on again before it ends the message', async () => {
    await using database = await aDatabase({ major })
    const on = off.replace('= off', '= on')
    const large = aLarge('02_large.sql', [insert(1), off + on, insert(2), hidden.replace('select 1/0;', '')])
    const { outcomes } = await runOnce(database.url, [await table(), large], undefined, { messageBytes: 40 })
    expect(states(outcomes)).toEqual(['01 applied', '02 applied'])
    expect(await rows(database)).toEqual([1, 2])
  })

  it.each([
    ['a statement outside a transaction', 'create index concurrently on t (n);\n'],
    ['one that commits by itself', 'call p();\n'],
    ['a transaction of its own', `begin;\n${insert(2)}${hidden}commit;\n`],
    ['a transaction of ours', insert(2) + hidden],
  ])('gets no more of a file in steps, which the next run goes on with: %s', async (_, step) => {
    await using database = await aDatabase({ major })
    await database.query('create procedure p() language plpgsql as $$ begin commit; end $$')
    const text = `-- devflow:no-transaction\n${off}${step}${insert(22)}${hidden}`
    const files = [await table(), await aRunnable('02_steps.sql', text)]
    const { outcomes } = await runOnce(database.url, files)
    expect(states(outcomes)).toEqual(['01 applied', '02 partial'])
    expect(outcomes[1]?.failure).toMatchObject({ code: 'DF010', statement: 2, position: { line: 3 } })
    expect(await rows(database)).toEqual([])
    expect((await kept(database)).at(-1)).toEqual({ version: '02', status: 'partial', done: 1 })
    const again = await runOnce(database.url, files.slice(1))
    expect(states(again.outcomes)).toEqual(['02 applied'])
    expect(await rows(database)).toEqual(step.includes('values (2)') ? [2, 22] : [22])
  })

  it.each([false, true])(
    'reads a message as that began, and is set back after each file (all together: %s)',
    async (together) => {
      await using database = await aDatabase({ major })
      const files = [
        await table(),
        await aRunnable('02_a.sql', off + insert(2) + hidden),
        await aRunnable('03_b.sql', insert(3) + hidden),
        await aRunnable(
          '04_c.sql',
          'create index concurrently on t (n);\n'.repeat(together ? 0 : 1) + hidden,
        ),
      ]
      const { outcomes } = await runOnce(database.url, files, undefined, { together })
      expect(states(outcomes)).toEqual(['01 applied', '02 applied', '03 applied', '04 applied'])
      expect(await rows(database)).toEqual([2, 3])
    },
  )
})

/** One statement to the parser, and several to the server. */
const misread = (text: string): RunnableMigration => {
  const { pieces: _, ...file } = aLarge('02_b.sql', [text])
  const span = { start: 0, end: text.length }
  return { ...file, mode: 'no-transaction', statements: [{ span }] }
}

eachMajor('a step that ended its transaction', (major) => {
  it('is partial, and not run again, where it fails after that', async () => {
    await using database = await aDatabase({ major })
    const files = [await table(), misread(`${insert(2)}commit; select 1/0;`)]
    const { outcomes } = await runOnce(database.url, files)
    expect(states(outcomes)).toEqual(['01 applied', '02 partial'])
    expect(outcomes[1]?.failure?.code).toBe('22012')
    const again = await runOnce(database.url, files.slice(1))
    expect(states(again.outcomes)).toEqual(['02 unknown'])
    expect(again.outcomes[0]?.failure?.message).toContain('may have committed a part')
    expect(await rows(database)).toEqual([2])
  })

  it('is not meant where what fails leaves the transaction: the next run begins that anew', async () => {
    await using database = await aDatabase({ major })
    const failing = `-- devflow:no-transaction\n${insert(2)}begin;\n${insert(3)}select 1/0;\ncommit;`
    const { outcomes } = await runOnce(database.url, [await table(), await aRunnable('02_b.sql', failing)])
    expect(states(outcomes)).toEqual(['01 applied', '02 partial'])
    expect((await kept(database)).at(-1)).toEqual({ version: '02', status: 'partial', done: 1 })
    const mended = await aRunnable('02_b.sql', failing.replace('1/0', '1'))
    expect(states((await runOnce(database.url, [mended])).outcomes)).toEqual(['02 applied'])
    expect(await rows(database)).toEqual([2, 3])
  })
})

eachMajor('a SQLSTATE of ours that a file raises', (major) => {
  it.each([
    `do $$ begin raise 'mine' using errcode = 'DF003'; end $$;`,
    `select 'DF003: gone #12'::int;`,
    `do $$ begin raise 'mine' using errcode = 'DF010'; end $$;`,
  ])('is no lost connection: %s', async (sql) => {
    await using database = await aDatabase({ major })
    const text = `-- devflow:no-transaction\n${insert(1)}${sql}`
    await using work = await aWork(database.url, [await table(), await aRunnable('02_b.sql', text)])
    const reasons: string[] = []
    const reconnect = async (reason: string) => void reasons.push(reason)
    expect(states(await applySql({ ...work, reconnect }))).toEqual(['01 applied', '02 partial'])
    expect(reasons).toEqual([])
  })
})
