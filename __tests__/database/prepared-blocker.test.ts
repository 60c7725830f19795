import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { openServer } from '../../src/database/embedded/open-server.js'
import { makeDoor } from '../../src/database/open-session.js'
import { openWatch } from '../../src/database/open-watch.js'
import { aClient } from '../support/postgres/a-client.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { binariesOf, eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { access } from './a-session.js'

eachMajor('a message that waits for a prepared transaction', (major) => {
  it('names it, although it has no process', async () => {
    await using folder = await aFolder()
    const options = { binaries: await binariesOf(major), dataFolder: join(folder.path, 'data') }
    {
      await using server = await openServer(options)
      await using client = await aClient(server.url())
      await client.query('ALTER SYSTEM SET max_prepared_transactions = 3')
    }
    await using server = await openServer(options)
    await using client = await aClient(server.url())
    await client.query('CREATE TABLE orders (id integer)')
    await client.query("BEGIN; SELECT FROM orders; PREPARE TRANSACTION 'order 66'")
    await client.query("BEGIN; CREATE TABLE elsewhere (); PREPARE TRANSACTION 'innocent'")
    await using session = await (await makeDoor(server.url(), access)).open(() => {})
    let looks = 0
    await using watch = openWatch(await makeDoor(server.url(), access), () => looks++, String)
    const sent = watch.during(session.processId, 100, () => session.send('ALTER TABLE orders ADD note text'))
    await until(async () => looks > 0)
    await client.query("ROLLBACK PREPARED 'order 66'")
    const { reply, blockers } = await sent
    expect(reply.error).toBeUndefined()
    expect(blockers).toEqual([
      {
        processId: 0,
        user: 'postgres',
        application: null,
        address: null,
        state: 'prepared transaction order 66',
        ageMs: expect.any(Number),
        query: null,
      },
    ])
    await client.query("ROLLBACK PREPARED 'innocent'")

    await client.query("BEGIN; SELECT pg_advisory_xact_lock(7, 66); PREPARE TRANSACTION 'advisory 66'")
    await client.query("BEGIN; SELECT pg_advisory_xact_lock(7, 1); PREPARE TRANSACTION 'innocent'")
    const before = looks
    const waited = watch.during(session.processId, 100, () =>
      session.send('SELECT pg_advisory_xact_lock(7, 66)'),
    )
    await until(async () => looks > before)
    await client.query("ROLLBACK PREPARED 'advisory 66'")
    expect((await waited).blockers.map(({ state }) => state)).toEqual(['prepared transaction advisory 66'])
    await client.query("ROLLBACK PREPARED 'innocent'")
  })
})
