import { expect, it } from '@jest/globals'
import { aLarge, aRunnable } from '../executors/sql/a-work.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aRehearsal } from './a-rehearsal.js'

/** What no reader of the file sees. */
const off = `do $$ begin execute 'set standard_conforming' || '_strings = off'; end $$;\n`

/** To the parser all of the rest is one string; to a server that is set to `off` it ends before COMMIT. */
const hidden = `select 'a\\'' ; commit; --';\n`

const insert = (n: number) => `insert into t values (${n});\n`

eachMajor('a rehearsal in which strings come to be read otherwise', (major) => {
  it.each(['target', 'shadow'] as const)(
    'sends no more of a large file, and keeps nothing: %s',
    async (place) => {
      await using database = await aDatabase({ major })
      await database.query('create table t (n int)')
      const large = aLarge('02_large.sql', [insert(1), off, hidden, insert(3)])
      const migrations = [
        await aRunnable('01_a.sql', off + hidden),
        large,
        await aRunnable('03_b.sql', 'select 1;'),
      ]
      const rehearsal = await aRehearsal(database.url, {}, { place, migrations, limit: () => {} })
      expect(rehearsal).toMatchObject([
        { state: 'rehearsed' },
        { state: 'failed', failure: { code: 'DF010', position: { line: 3 } } },
        { state: 'not-run' },
      ])
      expect(await database.query('select n from t')).toEqual([])
    },
  )

  it('sends no further step on a shadow', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n int)')
    const text = `-- devflow:no-transaction\n${insert(1)}${off}${insert(2)}${hidden}`
    const rehearsal = await aRehearsal(database.url, { '01_a.sql': text }, { place: 'shadow' })
    expect(rehearsal).toMatchObject([
      { state: 'failed', failure: { code: 'DF010', statement: 3, position: { line: 4 } } },
    ])
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])
  })
})
