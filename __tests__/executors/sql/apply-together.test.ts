import { expect, it } from '@jest/globals'
import { applySql } from '../../../src/executors/sql/apply.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aRunnable, aWork } from './a-work.js'

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
