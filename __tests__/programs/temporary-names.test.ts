import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

/** Types and tables that our own SQL names; a table is a type, too. */
const HIDING = `create domain pg_temp.text as int; create domain pg_temp.name as int; create domain pg_temp.oid as text;
create domain pg_temp.bool as int; create domain pg_temp.regclass as int; create domain pg_temp.timestamptz as int;
create temp table int4 (a int); create temp table int8 (a int); create temp table xid8 (a int); create temp table jsonb (a int);
create temp table pg_class (a int); create temp table pg_proc (a int); create temp table pg_constraint (a int);
create temp table pg_trigger (a int); create temp table pg_namespace (a int); create temp table pg_locks (a int);
create temp table pg_settings (a int); create temp table pg_stat_activity (a int);`

eachMajor('temporary names that hide those of the catalog', (major) => {
  it.each([
    ['with a rehearsal', {}],
    ['without one', { rehearse: 'off' }],
    ['in one transaction', { transaction: 'all' }],
  ] as const)('are not found by our own SQL, %s', async (_, given) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (n int primary key, m int references t deferrable initially deferred);',
      '02_hide.sql': `${HIDING} insert into t values (1, 2), (2, 1);`,
      '02_hide.down.sql': `${HIDING} delete from t;`,
      '03_after.sql': 'insert into t values (3, 1);',
    })
    const report = await migrator.run('migrate', { given })
    expect(trouble(report)).not.toContain('"failed"')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    await migrator.write('03_after.down.sql', 'delete from t where n = 3;')
    const back = await migrator.run('rollback', { given: { to: '01' } })
    expect(back.operation?.steps.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '03 done',
      '02 done',
    ])
  })

  it.each([
    ['vacuum t', '0 applied: 01 applied, 02 applied', 'completed'],
    ['vacuum nothing', '1 partial: 01 applied, 02 partial', 'partial'],
  ])('are not found outside a transaction, where it ends with %s', async (last, told, status) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (n int);',
      '02_hide.sql': `-- devflow:no-transaction\n${HIDING} create index concurrently i on t (n); begin; insert into t values (1); commit; ${last};`,
    })
    expect(verdict(await migrator.run('migrate', { given: { rehearse: 'off' } }))).toBe(told)
    const kept = "select status from devflow.schema_migrations where version = '02'"
    expect(await database.query(kept)).toEqual([{ status }])
    expect(await database.query('select n from t')).toEqual([{ n: 1 }])
  })
})
