import { expect, it } from '@jest/globals'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { runOnce } from './a-cut-work.js'
import { aLarge, aRunnable } from './a-work.js'

const KEPT = 'select version, name, status from devflow.schema_migrations order by version'

eachMajor('a file that sets client_encoding', (major) => {
  it('outside a transaction has its own statements read by it, and its record as it is named', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n serial, x text)')
    const text = `-- devflow:no-transaction
insert into t (x) values ('é');
set client_encoding = 'LATIN1';
insert into t (x) values ('é');
vacuum t;
begin; insert into t (x) values ('é'); commit;`
    const { outcomes, sent } = await runOnce(database.url, [await aRunnable('ż_a.sql', text)])
    expect(outcomes).toMatchObject([{ state: 'applied' }])
    expect(await database.query('select x from t order by n')).toEqual([{ x: 'é' }, { x: 'Ã©' }, { x: 'Ã©' }])
    expect(await database.query(KEPT)).toEqual([{ version: 'ż', name: 'ż_a.sql', status: 'completed' }])
    await database.query('drop schema devflow cascade; truncate t')
    const plain = await runOnce(database.url, [await aRunnable('z_a.sql', text)])
    expect(sent.length).toBe(plain.sent.length)
  })

  it('goes on where it failed, in its encoding', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n serial, x text)')
    const text = (last: string) => `-- devflow:no-transaction
set client_encoding = 'LATIN1';
insert into t (x) values ('é');
${last};
insert into t (x) values ('é');`
    const first = await runOnce(database.url, [await aRunnable('ż_a.sql', text('select 1/0'))])
    expect(first.outcomes).toMatchObject([{ state: 'partial', failure: { code: '22012', statement: 3 } }])
    const second = await runOnce(database.url, [await aRunnable('ż_a.sql', text('select 1'))])
    expect(second.outcomes).toMatchObject([{ state: 'applied' }])
    expect(await database.query('select x from t order by n')).toEqual([{ x: 'Ã©' }, { x: 'Ã©' }])
    expect(await database.query(KEPT)).toMatchObject([{ version: 'ż', status: 'completed' }])
  })

  it.each([
    ['SQL made at run time', `do $$ begin execute 'set client_enc' || 'oding = latin1'; end $$`],
    ['an event trigger', 'create table u ()'],
  ])('unseen, by %s, gets no more of its text that the server would read otherwise', async (by, set) => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n serial, x text)')
    if (by === 'an event trigger')
      await database.query(`create function on_u() returns event_trigger language plpgsql
        as $$ begin perform set_config('client_encoding', 'LATIN1', false); end $$;
        create event trigger on_u on ddl_command_end when tag in ('CREATE TABLE') execute function on_u()`)
    const text = `-- devflow:no-transaction\n${set};\nvacuum t;\ninsert into t (x) values ('é');`
    const { outcomes } = await runOnce(database.url, [await aRunnable('01_ż.sql', text)])
    expect(outcomes).toMatchObject([
      {
        state: 'partial',
        failure: {
          code: 'DF010',
          message: expect.stringContaining('client_encoding is LATIN1'),
          hint: expect.stringContaining('SET client_encoding'),
        },
      },
    ])
    expect(await database.query('select x from t')).toEqual([])
    expect(await database.query(KEPT)).toEqual([{ version: '01', name: '01_ż.sql', status: 'partial' }])
  })

  it('in pieces leaves its record and the files that follow in the transaction as they are meant', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table t (n serial, x text)')
    const insert = "insert into t (x) values ('é');\n"
    const large = aLarge('02_ż.sql', [insert, "set client_encoding = 'LATIN1';\n", insert])
    const files = [await aRunnable('01_a.sql', insert), large, await aRunnable('03_ż.sql', insert)]
    const { outcomes } = await runOnce(database.url, files, undefined, { together: true, messageBytes: 50 })
    expect(outcomes.map(({ state }) => state)).toEqual(['applied', 'applied', 'applied'])
    expect(await database.query('select x from t order by n')).toEqual([
      { x: 'é' },
      { x: 'é' },
      { x: 'Ã©' },
      { x: 'é' },
    ])
    expect((await database.query<{ name: string }>(KEPT)).map(({ name }) => name)).toEqual([
      '01_a.sql',
      '02_ż.sql',
      '03_ż.sql',
    ])
  })
})
