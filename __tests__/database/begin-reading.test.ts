import { expect, it } from '@jest/globals'
import { beginReading } from '../../src/sql/begin-reading.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSession, sent } from './a-session.js'

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['default_transaction_isolation', 'serializable'],
  ['default_transaction_deferrable', 'on'],
  ['statement_timeout', '800ms'],
  ['idle_in_transaction_session_timeout', '800ms'],
  ['quote_all_identifiers', 'on'],
]

const SEEN = `SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only'),
  current_setting('transaction_deferrable'), current_setting('client_encoding'), quote_ident('plain');`

eachMajor('a transaction of ours that only reads', (major) => {
  it('is as we mean it, whatever the database is set to, and leaves the session as it was', async () => {
    await using database = await aDatabase({ major })
    for (const [name, value] of [...SETTINGS, ...(major >= 17 ? [['transaction_timeout', '800ms']] : [])])
      await database.query(`ALTER DATABASE ${database.name} SET ${name} = '${value}'`)
    await using session = await aSession(database.url)
    await sent(session, "SET client_encoding = 'LATIN1'")
    const settings = async () => (await sent(session, 'SHOW ALL')).results[0]?.rows
    const before = await settings()
    expect((await sent(session, beginReading())).results).toEqual([])
    const seen = async () => (await sent(session, SEEN)).results.at(-1)?.rows
    expect(await seen()).toEqual([['read committed', 'on', 'off', 'UTF8', 'plain']])
    await sent(session, 'SELECT pg_sleep(1)')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await sent(session, 'COMMIT')
    await sent(session, `${beginReading('REPEATABLE READ')} COMMIT;`)
    const { results } = await sent(session, `${beginReading('READ COMMITTED', 'SET TRANSACTION')}\n${SEEN}`)
    expect(results.map(({ rows }) => rows)).toEqual([[['read committed', 'on', 'off', 'UTF8', 'plain']]])
    expect(await settings()).toEqual(before)
  })
})
