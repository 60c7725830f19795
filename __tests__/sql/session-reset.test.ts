import { expect, it } from '@jest/globals'
import { AS_OURSELVES, RESET_SESSION, resetSessionBut, resetSessionTo } from '../../src/sql/session-reset.js'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

eachMajor('setting a session back', (major) => {
  it('keeps the advisory locks of the session', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query('select pg_advisory_lock(7)')
    await client.query(RESET_SESSION)
    const [row] = await client.query(
      `select count(*)::int as n from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
    )
    expect(row).toEqual({ n: 1 })
  })

  it('can be undone by a rollback, in a transaction', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`set search_path = here`)
    await client.query(`begin; ${RESET_SESSION} rollback`)
    expect(await client.query('show search_path')).toEqual([{ search_path: 'here' }])
  })

  it('can keep a setting of the transaction, and what was prepared under names of ours', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(
      `prepare devflow_1 as select 1; prepare "Other ""one""" as select 2; set search_path = here`,
    )
    await client.query(`begin; set local my.own = 'kept'; set local my.other = 'lost'`)
    await client.query(resetSessionBut('my.own', 'devflow_'))
    expect(
      await client.query(`select current_setting('my.own') as own, current_setting('my.other', true) as other,
        current_setting('search_path') <> 'here' as path, array(select name::text from pg_prepared_statements) as prepared`),
    ).toEqual([{ own: 'kept', other: '', path: true, prepared: ['devflow_1'] }])
    await client.query('commit')
    expect(await client.query(`select current_setting('my.own', true) as own`)).toEqual([{ own: '' }])
  })

  it('says what is to hold before anything that takes long: the limits of the database are back until then', async () => {
    const lines = resetSessionTo('SET statement_timeout = 0;').split('\n')
    expect(lines.slice(lines.indexOf('RESET ALL;')).slice(0, 2)).toEqual([
      'RESET ALL;',
      'SET statement_timeout = 0;',
    ])
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set lock_timeout = '7s'`)
    await using client = await aClient(database.url)
    await client.query(resetSessionTo('SET lock_timeout = 0;'))
    expect(await client.query('show lock_timeout')).toEqual([{ lock_timeout: '0' }])
  })

  it('forgets the last value of a sequence', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    await client.query(`create sequence s; select nextval('s')`)
    await client.query(RESET_SESSION)
    await expect(client.query('select lastval()')).rejects.toThrow('not yet defined')
  })

  it('lets us be ourselves until the end of a transaction, and the migration itself again after it', async () => {
    await using database = await aDatabase({ major })
    await using client = await aClient(database.url)
    const role = `weak_${database.name}`
    await client.query(`create role ${role}`)
    const look = `select current_user = $1 as theirs, current_setting('search_path') as path, current_setting('statement_timeout') as timeout`
    await client.query(`set role ${role}; set search_path = here; set statement_timeout = '9s'`)
    await client.query(`begin; ${AS_OURSELVES}`)
    expect(await client.query(look, [role])).toEqual([
      { theirs: false, path: 'pg_catalog, pg_temp', timeout: '0' },
    ])
    await client.query('commit')
    expect(await client.query(look, [role])).toEqual([{ theirs: true, path: 'here', timeout: '9s' }])
    await client.query('reset role')
    await client.query(`set session authorization ${role}; begin; ${AS_OURSELVES}`)
    expect(await client.query(look, [role])).toMatchObject([{ theirs: false }])
    await client.query('commit')
    expect(await client.query(look, [role])).toMatchObject([{ theirs: true }])
    await client.query(`reset session authorization; drop role ${role}`)
  })
})
