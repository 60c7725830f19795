import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

eachMajor('a database whose transactions are serializable and deferrable', (major) => {
  it('is read and migrated while somebody writes', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table accounts (n int)')
    for (const set of ['isolation = serializable', 'deferrable = on'])
      await database.query(`alter database ${database.name} set default_transaction_${set}`)
    await using other = await aClient(database.url)
    await other.query('begin isolation level serializable read write; insert into accounts values (1)')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': `insert into accounts values ((current_setting('transaction_deferrable') = 'on')::int);`,
    })
    const verdicts: string[] = []
    for (const command of ['status', 'plan', 'migrate', 'verify', 'history'])
      verdicts.push(verdict(await migrator.run(command)))
    await other.query('rollback')
    expect(verdicts).toEqual([
      '0 pending',
      '0 planned',
      '0 applied: 01 applied, 02 applied',
      '0 up-to-date',
      '0 up-to-date',
    ])
    expect(await database.query('select n from accounts')).toEqual([{ n: 0 }])
  }, 60_000)
})

const LOGIN = (set: string) => `create function at_login() returns event_trigger language plpgsql
  as $$ begin perform set_config(${set}, false); end $$;
  create event trigger at_login on login execute function at_login();
  alter event trigger at_login enable always`

/** Login triggers are there from PostgreSQL 17 on. */
eachMajor('a login trigger', (major) => {
  it.each([
    ["'client_encoding', 'LATIN1'", 'on'],
    ["'client_encoding', 'LATIN1'", 'off'],
    ["'standard_conforming_strings', 'off'", 'on'],
  ])(
    'that sets %s changes nothing of what is applied, rehearsed or read (rehearsal: %s)',
    async (set, on) => {
      await using database = await aDatabase({ major })
      if (major >= 17) await database.query(LOGIN(set))
      await using migrator = await aMigrator(database.url, {
        '01_ü.sql': `create table t (x text); insert into t values ('äöü€'), ('a\\');`,
        '02_ł.sql': `-- devflow:no-transaction\ninsert into t values ('ß');\nvacuum t;`,
      })
      const given = on === 'off' ? { rehearse: 'off' } : {}
      expect(verdict(await migrator.run('migrate', { given }))).toMatch(/^0 applied/)
      const hex = await database.query<{ x: string }>(
        `select encode(convert_to(string_agg(x, ',' order by x collate "C"), 'UTF8'), 'hex') as x from t`,
      )
      expect(Buffer.from(hex[0]?.x ?? '', 'hex').toString()).toBe('a\\,ß,äöü€')
      expect(verdict(await migrator.run('verify'))).toBe('0 up-to-date')
      expect(verdict(await migrator.run('status'))).toBe('0 up-to-date')
    },
  )
})

eachMajor('a database that has all names quoted', (major) => {
  it('has them told as they are written, and no TOAST', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table shelf (id int, t text); create view shown as select id from shelf')
    await database.query(`alter database ${database.name} set quote_all_identifiers = on`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table mine (t text); alter table shelf add n int; drop view shown;',
    })
    const { rehearsal } = await migrator.run('dry-run')
    const measured = rehearsal.flatMap(({ measured = [] }) => measured)
    expect(measured.flatMap(({ created }) => created.map(({ name }) => name))).toEqual(['public.mine'])
    expect(measured.flatMap(({ locks }) => locks.map(({ relation }) => relation))).toContain('public.shelf')
    expect(JSON.stringify(measured)).not.toMatch(/pg_toast|\\"public/)
  })
})
