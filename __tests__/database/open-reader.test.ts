import { expect, it } from '@jest/globals'
import { openReader } from '../../src/database/open-reader.js'
import { makeDoor } from '../../src/database/open-session.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'

const run = { actor: 'octocat', toolVersion: '0.1.0' }

async function aReader({ url }: TestDatabase) {
  const door = await makeDoor(url, { databaseSource: 'the test', redact: (text) => text, run })
  let opened = 0
  const session = await openReader(() => {
    opened++
    return door.open(() => {})
  })
  return { session, opened: () => opened }
}

eachMajor('a session that only reads', (major) => {
  it('is made anew where the server ended it between two messages', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set idle_session_timeout = '700ms'`)
    const { session, opened } = await aReader(database)
    await using reader = session
    const before = reader.processId
    for (const wanted of ['1', '2', '3']) {
      const there = `select from pg_stat_activity where pid = ${reader.processId}`
      await until(async () => (await database.query(there)).length === 0)
      const { results, error } = await reader.send(`select ${wanted}`)
      expect([error, results[0]?.rows]).toEqual([undefined, [[wanted]]])
    }
    expect(opened()).toBe(4)
    expect(reader.processId).not.toBe(before)
  })

  it('is lost in the middle of a transaction, as any other', async () => {
    await using database = await aDatabase({ major })
    const { session, opened } = await aReader(database)
    await using reader = session
    await reader.send('begin')
    const end = 'select pg_terminate_backend(pg_backend_pid())'
    expect(await reader.send(end)).toMatchObject({ state: 'lost' })
    expect(opened()).toBe(1)
    expect(await reader.send('select 1')).toMatchObject({ state: 'lost' })
  })

  it('is asked twice, and no more', async () => {
    await using database = await aDatabase({ major })
    const { session, opened } = await aReader(database)
    await using reader = session
    expect(await reader.send('select pg_terminate_backend(pg_backend_pid())')).toMatchObject({
      state: 'lost',
    })
    expect(opened()).toBe(2)
  })
})
