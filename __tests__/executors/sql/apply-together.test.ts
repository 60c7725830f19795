import { expect, it } from '@jest/globals'
import { parseRecords, recordsQuery } from '../../../src/database/read-history.js'
import type { Work } from '../../../src/executors/executor.js'
import { applySql } from '../../../src/executors/sql/apply.js'
import type { Outcome } from '../../../src/model/outcome.js'
import type { RunnableMigration } from '../../../src/model/plan.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { runOnce } from './a-cut-work.js'
import { aLarge, aRunnable, aWork } from './a-work.js'

const MiB = 1024 * 1024

/** Nine statements of a megabyte: as much as no message carries. */
const large = `insert into t values (1, '${'x'.repeat(MiB)}');\n`.repeat(9)

const transactions = (database: TestDatabase) =>
  database.query('select count(*)::int as rows, count(distinct xmin::text)::int as transactions from t')

const records = (database: TestDatabase) =>
  database.query(
    'select version, status, xmin::text in (select xmin::text from t) as same from devflow.schema_migrations',
  )

eachMajor('a large file', (major) => {
  it('is one transaction with its record, its own BEGIN and COMMIT left out', async () => {
    await using database = await aDatabase({ major })
    const file = await aRunnable('01_t.sql', `begin;\ncreate table t (a int, b text);\n${large}commit;`)
    expect(file.pieces?.length).toBeGreaterThan(8)
    await using work = await aWork(database.url, [file])
    expect(await applySql(work)).toMatchObject([{ state: 'applied' }])
    expect(await transactions(database)).toEqual([{ rows: 9, transactions: 1 }])
    expect(await records(database)).toEqual([{ version: '01', status: 'completed', same: true }])
  })

  it('leaves nothing when its last statement fails, and says where that is', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (a int, b text)')
    const text = `-- é😀\n${large}select 1;\ninsert into t\n  select 1/(a - a) from t;`
    await using work = await aWork(database.url, [await aRunnable('01_t.sql', text)])
    const [outcome] = await applySql(work)
    expect(outcome).toMatchObject({
      state: 'failed',
      failure: { code: '22012', statement: 11, position: { line: 12, column: 1 } },
    })
    expect(await transactions(database)).toEqual([{ rows: 0, transactions: 0 }])
  })

  it('loads the rows of its COPY, and points to the one that is wrong', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (a int, b text)')
    const rows = `1\t${"it's".repeat(1000)}\n`.repeat(2500)
    const copy = (last: string) => `copy t from stdin;\n${rows}${last}\\.\nselect 1;\n`
    const bad = await aRunnable('01_t.sql', copy('x\ty\n'))
    const work = await aWork(database.url, [bad])
    const [outcome] = await applySql(work)
    await work[Symbol.asyncDispose]()
    expect(outcome).toMatchObject({
      state: 'failed',
      failure: { code: '22P02', statement: 1, position: { line: 2502, column: 1 } },
    })
    expect(outcome?.failure).not.toHaveProperty('excerpt')
    await using again = await aWork(database.url, [await aRunnable('02_t.sql', copy('2\t\\N\n'))])
    expect(await applySql(again)).toMatchObject([{ state: 'applied' }])
    expect(await transactions(database)).toEqual([{ rows: 2501, transactions: 1 }])
  })
})

/** A message carries one statement of the files, or two short ones. */
const SMALL = { together: true, messageBytes: 60 }

const states = (outcomes: readonly Outcome[]) => outcomes.map(({ version, state }) => `${version} ${state}`)

const rows = async (database: TestDatabase) =>
  (await database.query<{ n: number }>('select n from t order by n')).map(({ n }) => n)

const kept = async (database: TestDatabase) =>
  (
    await database.query<{ version: string; status: string }>(
      'select version, status from devflow.schema_migrations order by version',
    )
  ).map(({ version, status }) => `${version} ${status}`)

/** Connects again where it has to, as a program does, and reads what is there. */
async function applyAt(url: string, migrations: readonly RunnableMigration[]): Promise<Outcome[]> {
  const opened = [await aWork(url, migrations)]
  const reconnect: Work['reconnect'] = async () => {
    const again = await aWork(url, migrations)
    opened.push(again)
    return { ...again, records: parseRecords(await again.session.send(recordsQuery(tracking))) }
  }
  try {
    return await applySql({ ...(opened[0] as Work), ...SMALL, reconnect })
  } finally {
    for (const work of opened) await work[Symbol.asyncDispose]()
  }
}

const tracking = { schema: 'devflow', table: 'schema_migrations', version: 3 } as const

const insert = (n: number) => `insert into t\n  values (${n}, 'as long as it may be');\n`
const pieces = (...texts: Parameters<typeof aLarge>[1]) => aLarge('03_large.sql', texts)

const filesAround = async (large: RunnableMigration) => [
  await aRunnable('01_t.sql', 'create table t (n int, b text);'),
  await aRunnable('02_a.sql', insert(2)),
  large,
  await aRunnable('04_b.sql', insert(4)),
]

eachMajor('one transaction in several messages', (major) => {
  it('holds all files, large ones too, and grows by a message where one is full', async () => {
    await using database = await aDatabase({ major })
    const files = await filesAround(pieces(insert(30), insert(31), { unread: insert(32) }, insert(33)))
    const { sent, outcomes } = await runOnce(database.url, files, undefined, SMALL)
    expect(states(outcomes)).toEqual(['01 applied', '02 applied', '03 applied', '04 applied'])
    // 01 | 02 | 30 | 31 | 32 alone | 33 | 04
    expect(sent.map((sql) => (sql.match(/values \((\d+), 'as/g) ?? []).length)).toEqual([0, 1, 1, 1, 1, 1, 1])
    expect(sent[4]).toBe(insert(32))
    expect(await rows(database)).toEqual([2, 4, 30, 31, 32, 33])
    expect(
      await database.query(
        'select count(distinct transaction_id)::int as transactions, count(*)::int from devflow.schema_migrations',
      ),
    ).toEqual([{ transactions: 1, count: 4 }])
  })

  it.each([
    [
      'in a piece',
      pieces(insert(30), insert(31), 'select 1;\n', 'select\n  1/(n - n) from t;\n'),
      4,
      6,
      '22012',
    ],
    ['in its first piece', pieces('select nothing;\n', insert(31)), 1, 1, '42703'],
    [
      'in its last, which nobody can read',
      pieces(insert(30), { unread: 'select (;' }),
      undefined,
      3,
      '42601',
    ],
  ])(
    'leaves nothing where a large file fails %s, and says where',
    async (_, large, statement, line, code) => {
      await using database = await aDatabase({ major })
      const outcomes = await applyAt(database.url, await filesAround(large))
      expect(states(outcomes)).toEqual(['01 not-run', '02 not-run', '03 failed', '04 not-run'])
      expect(outcomes[2]?.failure).toMatchObject({ code, position: { line } })
      if (statement !== undefined) expect(outcomes[2]?.failure).toMatchObject({ statement })
      expect(await database.query(`select to_regclass('t') as t`)).toEqual([{ t: null }])
      expect(await kept(database)).toEqual(['03 failed'])
    },
  )

  it('leaves nothing where a file after the large one fails', async () => {
    await using database = await aDatabase({ major })
    const files = await filesAround(pieces(insert(30), insert(31)))
    const bad = await aRunnable('05_c.sql', 'select 1;\ncreate table t ();')
    const outcomes = await applyAt(database.url, [...files, bad])
    expect(states(outcomes).at(-1)).toBe('05 failed')
    expect(outcomes[4]?.failure).toMatchObject({ code: '42P07', statement: 2, position: { line: 2 } })
    expect(await database.query(`select to_regclass('t') as t`)).toEqual([{ t: null }])
  })

  it.each([
    ['gives back the lock of the run', 'select pg_advisory_unlock_all();', 'DF002'],
    ['deletes its record', `delete from devflow.schema_migrations where version = '03';`, 'DF001'],
    ['breaks a constraint that waits', 'insert into child values (7);', '23503'],
  ])('leaves nothing where a large file %s in the middle', async (_, sql, code) => {
    await using database = await aDatabase({ major })
    await database.query(
      'create table parent (n int primary key); create table child (n int references parent deferrable initially deferred)',
    )
    const outcomes = await applyAt(database.url, await filesAround(pieces(insert(30), sql, insert(31))))
    expect(states(outcomes)).toEqual(['01 not-run', '02 not-run', '03 failed', '04 not-run'])
    expect(outcomes[2]?.failure?.code).toBe(code)
    expect(await database.query(`select to_regclass('t') as t`)).toEqual([{ t: null }])
    expect(await kept(database)).toEqual(['03 failed'])
  })

  it.each([
    ['commits', `${insert(30)} commit;`, [2, 30], ['01 applied', '02 applied', '03 partial', '04 not-run']],
    [
      'commits and fails',
      'commit; select 1/0;',
      [2],
      ['01 applied', '02 applied', '03 partial', '04 not-run'],
    ],
    [
      'commits and begins',
      `commit; begin; ${insert(30)}`,
      [2],
      ['01 applied', '02 applied', '03 partial', '04 not-run'],
    ],
    [
      'rolls back and goes on alone',
      'rollback; create table t (n int); insert into t values (7);',
      [7],
      ['01 not-run', '02 not-run', '03 partial', '04 not-run'],
    ],
  ])('is told as it is where unreadable text %s, which is not sent again', async (_, sql, left, told) => {
    await using database = await aDatabase({ major })
    const large = pieces({ unread: sql }, insert(31))
    expect(states(await applyAt(database.url, await filesAround(large)))).toEqual(told)
    expect(await rows(database)).toEqual(left)
    const applied = told[0] === '01 applied' ? ['01 completed', '02 completed'] : []
    expect(await kept(database)).toEqual([...applied, '03 partial'])
  })

  // What is told apart nowhere but by the server, as if the parser had read it wrongly.
  it.each([
    ['commits', `${insert(30)} commit;`, [2, 30], 'DF001'],
    ['commits and fails', 'commit; select 1/0;', [2], '22012'],
    ['commits and begins', `commit; begin; ${insert(30)}`, [2], 'DF001'],
  ])('is told as it is where text %s that was read as one statement', async (_, sql, left, code) => {
    await using database = await aDatabase({ major })
    const outcomes = await applyAt(database.url, await filesAround(pieces(sql, insert(31))))
    expect(states(outcomes)).toEqual(['01 applied', '02 applied', '03 partial', '04 not-run'])
    expect(outcomes[2]?.failure?.code).toBe(code)
    expect(await rows(database)).toEqual(left)
    expect(await kept(database)).toEqual(['01 completed', '02 completed', '03 partial'])
  })

  it.each([
    [
      'commits, begins and fails',
      [2, 30],
      ['01 applied', '02 applied', '03 partial', '04 not-run'],
      'commit;',
    ],
    [
      'rolls back, begins and fails',
      [],
      ['01 not-run', '02 not-run', '03 partial', '04 not-run'],
      'rollback;',
    ],
  ])('is never told as undone without its savepoint, where text %s', async (_, left, told, end) => {
    await using database = await aDatabase({ major })
    // Kept where the file rolls back: it is made before.
    await database.query('create table t (n int, b text)')
    const [, second, , fourth] = await filesAround(pieces())
    for (const texts of [
      [insert(30), 'select 1234;', end, 'begin;', 'select 1/0;'],
      [insert(30), 'select 1234;', end, 'begin;', insert(31), 'select nothing;', insert(32)],
    ]) {
      const files = [await aRunnable('01_s.sql', 'create table s ();'), second, pieces(...texts), fourth]
      const outcomes = await applyAt(database.url, files as RunnableMigration[])
      expect([texts, states(outcomes)]).toEqual([texts, told])
      expect(outcomes[2]?.failure).toMatchObject({ code: expect.stringMatching(/22012|42703/) })
      expect(outcomes[2]?.failure).toHaveProperty('position')
      expect(await rows(database)).toEqual(left)
      expect(await kept(database)).toContain('03 partial')
      await database.query('drop schema devflow cascade; drop table if exists s; truncate t')
    }
  })

  it('is told as undone where what failed is no statement of the file, or the server could read none of a message', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      'create table t (n int, b text); create table u (n int unique deferrable initially deferred)',
    )
    for (const [code, texts] of [
      ['42601', ['selec 1;', insert(31)]],
      ['42601', [insert(30), insert(31), 'selec 1;']],
      ['23505', [insert(30), 'insert into u values (1), (1);']],
    ] as const) {
      const outcomes = await applyAt(database.url, [pieces(...texts)])
      expect([texts, states(outcomes), outcomes[0]?.failure?.code]).toEqual([texts, ['03 failed'], code])
      expect(await rows(database)).toEqual([])
    }
    await database.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'not so'; end $$;
      create trigger refuse before insert on devflow.schema_migrations for each row when (new.status = 'running') execute function refuse()`)
    expect(states(await applyAt(database.url, [pieces(insert(30))]))).toEqual(['03 failed'])
  })

  it('is not told as failed where the connection is lost while the savepoint is asked for', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int, b text)')
    const large = pieces(insert(30), insert(31), 'select 1/0;')
    const { sent } = await runOnce(database.url, [large], undefined, SMALL)
    const at = sent.findIndex((sql) => sql.startsWith('ROLLBACK TO SAVEPOINT'))
    expect(at).toBeGreaterThan(0)
    await database.query('drop schema devflow cascade')
    const { outcomes } = await runOnce(database.url, [large], { at, when: 'after' }, SMALL)
    expect(states(outcomes)).toEqual(['03 unknown'])
    expect(await rows(database)).toEqual([])
  })

  it('is all or nothing wherever the connection is lost, and the next run ends it', async () => {
    await using database = await aDatabase({ major })
    const files = await filesAround(pieces(insert(30), { unread: insert(31) }, insert(32)))
    const { sent } = await runOnce(database.url, files, undefined, SMALL)
    expect(sent).toHaveLength(6)
    for (const at of sent.keys()) {
      for (const when of ['before', 'after'] as const) {
        await database.query('drop schema devflow cascade; drop table t')
        const cut = await runOnce(database.url, files, { at, when }, SMALL)
        expect(new Set(cut.outcomes.map(({ state }) => state))).toEqual(new Set(['unknown']))
        const isDone = at === sent.length - 1 && when === 'after'
        expect((await kept(database)).length).toBe(isDone ? 4 : 0)
        const left = isDone ? [] : files
        const { outcomes } = await runOnce(database.url, left, undefined, SMALL)
        expect(states(outcomes)).toEqual(left.map(({ file }) => `${file.version} applied`))
        expect(await rows(database)).toEqual([2, 4, 30, 31, 32])
      }
    }
  })
})
