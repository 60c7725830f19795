import { expect, it } from '@jest/globals'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'
import { runCancelled } from './run-cancelled.js'

const quick = { given: { rehearse: 'off' } }
const HELD = { ...quick, given: { ...quick.given, force: 'true' } }
const DUPLICATES =
  'create table t (i int, k int generated always as identity primary key); insert into t values (1), (1);'
const PARTITIONED =
  'create table t (n int) partition by range (n); create table q partition of t for values from (0) to (9);'

/** `name` of each index outside the system, and whether it is INVALID or unique. */
async function indexes(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ index: string }>(
    `select concat(c.relname, case when indisunique then ' unique' end, case when not indisvalid then ' INVALID' end) as index
     from pg_index join pg_class c on c.oid = indexrelid
     where c.relnamespace = 'public'::regnamespace and not indisprimary order by 1`,
  )
  return rows.map(({ index }) => index).join(', ')
}

eachMajor('an index that was half dropped and that somebody', (major) => {
  const drops = 'drop index concurrently old;'
  const files = { '01_t.sql': `${DUPLICATES} create index old on t (i);` }

  it('built anew, with another number, is dropped by the next run', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    expect(await runCancelled(database, migrator, 'migrate')).toBe('1 failed: 02 failed')
    await database.query('reindex index concurrently old')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('')
  })

  it('built anew is dropped by the next rollback', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': DUPLICATES,
      '02_i.sql': `create index concurrently old on t (i);\n-- migrate:down\n${drops}`,
    })
    await migrator.run('migrate')
    const back = { steps: '1' }
    await runCancelled(database, migrator, 'rollback', { given: back })
    await database.query('reindex index concurrently old')
    const report = await migrator.run('rollback', { given: { ...quick.given, ...back } })
    expect(report.operation?.steps.map(({ state }) => state)).toEqual(['done'])
    expect(await indexes(database)).toBe('')
  })

  it('renamed is not taken for dropped', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    await runCancelled(database, migrator, 'migrate')
    await database.query('alter index old rename to older')
    const stopped = await migrator.run('migrate', quick)
    expect(verdict(stopped)).toBe('1 unknown: 02 unknown')
    expect(stopped.outcomes[0]?.failure).toMatchObject({
      code: 'DF007',
      message: expect.stringMatching(/can not be told: .* under another name: public\.older, INVALID$/),
      hint: expect.stringMatching(/^Give it its former name/),
    })
    await database.query('alter index older rename to old')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('')
  })

  it('renamed stops a file that drops it no longer, or further down', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    await runCancelled(database, migrator, 'migrate')
    await database.query('alter index old rename to older')
    for (const text of [drops, drops.replace('old', 'if exists old')]) {
      await migrator.write('02_i.sql', `select 1; ${text}`)
      const stopped = await migrator.run('migrate', quick)
      expect(stopped.outcomes[0]?.failure?.message).toMatch(/^the index public\.older is INVALID: /)
    }
    await database.query('drop index older')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
  })

  it('tried to drop once more is still known to have been whole', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, files)
    await migrator.run('migrate')
    await migrator.write('02_i.sql', drops)
    await runCancelled(database, migrator, 'migrate')
    expect(await indexes(database)).toBe('old INVALID')
    await runCancelled(database, migrator, 'migrate')
    await migrator.write('02_i.sql', 'select 1;')
    const stopped = await migrator.run('migrate', quick)
    expect(verdict(stopped)).toBe('1 failed: 02 failed')
    expect(stopped.outcomes[0]?.failure?.message).toMatch(/^the index public\.old is INVALID: /)
  })
})

eachMajor('a partition that was to be detached', (major) => {
  it('and has another name since is not taken for detached', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PARTITIONED })
    await migrator.run('migrate')
    await migrator.write('02_i.sql', 'alter table t detach partition q concurrently;')
    const waits = { writes: 'lock table t in access exclusive mode' }
    expect(await runCancelled(database, migrator, 'migrate', waits)).toBe('1 failed: 02 failed')
    await database.query('alter table q rename to r')
    const stopped = await migrator.run('migrate', quick)
    expect(verdict(stopped)).toBe('1 unknown: 02 unknown')
    expect(stopped.outcomes[0]?.failure?.message).toMatch(/ALTER TABLE public\.t DETACH PARTITION public\.r$/)
    await database.query('alter table r rename to q')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
    expect(await database.query('select from pg_inherits')).toEqual([])
  })
})

eachMajor('what the server refused', (major) => {
  it.each([
    ['with a name', 'create unique index concurrently ix on t (i);', 'ix', 'create index ix on t (k)'],
    ['without one', 'create unique index concurrently on t (i);', 't_i_idx', 'create index on t (i)'],
  ])('is not done by another index that somebody built since, %s', async (_, sql, name, byHand) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': DUPLICATES, '02_i.sql': sql })
    await migrator.run('migrate', quick)
    expect(await indexes(database)).toBe(`${name} unique INVALID`)
    await database.query(`drop index ${name}`)
    await database.query(byHand)
    expect(verdict(await migrator.run('migrate', quick))).toMatch(/^1 .*02 (failed|partial)$/)
    expect(await indexes(database)).toContain(name)
  })

  it.each([
    ['reindex index concurrently ix', ''],
    ['drop index ix', 'create unique index ix on t (i)'],
    ['reindex index ix', ''],
  ])('is done by what somebody made whole, the same as it was to be: %s; %s', async (sql, more) => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': DUPLICATES,
      '02_i.sql': 'create unique index concurrently ix on t (i);',
    })
    await migrator.run('migrate', quick)
    await database.query('delete from t where k = 2')
    await database.query(sql)
    if (more !== '') await database.query(more)
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('ix unique')
  })

  it('is not done by a database that somebody created since', async () => {
    await using database = await aDatabase({ major })
    const name = `${database.name}_x`
    await using migrator = await aMigrator(database.url, {
      '01_d.sql': `create database ${name} owner nosuch_role;`,
    })
    expect(verdict(await migrator.run('migrate', HELD))).toBe('1 failed: 01 failed')
    await database.query(`create database ${name}`)
    try {
      const again = await migrator.run('migrate', HELD)
      expect(verdict(again)).toBe('1 failed: 01 failed')
      expect(again.outcomes[0]?.failure?.code).not.toBe('DF007')
    } finally {
      await database.query(`drop database ${name}`)
    }
  })
})

eachMajor('CREATE INDEX CONCURRENTLY IF NOT EXISTS', (major) => {
  it('fails where only another table has an index of that name', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `${DUPLICATES} create table other (i int);`,
    })
    await migrator.run('migrate')
    await database.query('create unique index concurrently ix on t (i)').catch(() => {})
    await migrator.write('02_i.sql', 'create index concurrently if not exists ix on other (i);')
    const report = await migrator.run('migrate', quick)
    expect(verdict(report)).toBe('1 failed: 02 failed')
    expect(report.outcomes[0]?.failure).toMatchObject({
      code: 'DF004',
      message: expect.stringMatching(/^there is no index ix on "other": /),
      statement: 1,
    })
    expect(await indexes(database)).toBe('ix unique INVALID')
    await database.query('drop index ix')
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 02 applied')
    expect(await indexes(database)).toBe('ix')
  })

  it('is satisfied by an index whose name the server cut', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table t (i int); create index concurrently if not exists ${'i'.repeat(70)} on t (i);`,
    })
    expect(verdict(await migrator.run('migrate', quick))).toBe('0 applied: 01 applied')
    expect(await indexes(database)).toBe('i'.repeat(63))
  })
})
