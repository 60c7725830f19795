import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { aSession } from './a-session.js'

describe('a message whose rows are dropped', () => {
  it('keeps the answers that stand in one column of the name that is asked for, and no others', async () => {
    await using database = await aDatabase()
    await using session = await aSession(database.url)
    const sql = `select 1 as other; select 2 as mine; select 3 as mine, 4 as mine; create table t (); select 5 as mine where false;
      select g as other from generate_series(1, 3) g; values (6); select 7 as mine union all select 8`
    const reply = await session.send(sql, { keepRows: false, keepColumn: 'mine' })
    expect(reply).toEqual({
      completed: 8,
      state: 'I',
      results: [
        { columns: ['mine'], rows: [['2']] },
        { columns: ['mine'], rows: [] },
        { columns: ['mine'], rows: [['7'], ['8']] },
      ],
    })
    expect(await session.send(sql.replace('create table t ()', 'select'), { keepRows: false })).toMatchObject(
      { results: [] },
    )
  })

  it('gives what was kept before an error', async () => {
    await using database = await aDatabase()
    await using session = await aSession(database.url)
    const reply = await session.send('select 1 as mine; select 1/0; select 2 as mine', {
      keepRows: false,
      keepColumn: 'mine',
    })
    expect(reply).toMatchObject({ completed: 1, error: { code: '22012' }, results: [{ rows: [['1']] }] })
  })
})

describe('a message that fails', () => {
  it('leaves nothing on the connection, however many there are', async () => {
    await using database = await aDatabase()
    await using session = await aSession(database.url)
    const warnings: string[] = []
    const note = ({ name }: Error) => void warnings.push(name)
    process.on('warning', note)
    for (let count = 0; count < 20; count++) await session.send('select 1/0;')
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.off('warning', note)
    expect(warnings).toEqual([])
  })
})
