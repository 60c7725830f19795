import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aSession, sent } from './a-session.js'

const length = 300_000
const texts = [0, 1, 2].map((shift) => `${'x'.repeat(shift)}${'😀é漢'.repeat(length / 3)}`)
const characters = [0, 1, 2].map((shift) => String(length + shift))

eachMajor('a text longer than a chunk', (major) => {
  it('arrives whole in a query, no character cut in two', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    for (const [index, text] of texts.entries()) {
      const reply = await sent(
        session,
        `select char_length('${text}'), '${text}' = repeat('x', ${index}) || repeat('😀é漢', ${length / 3})`,
      )
      expect(reply.results[0]?.rows).toEqual([[characters[index], 't']])
    }
  })

  it('arrives whole as the rows of a COPY', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await sent(session, 'create table t (a text)')
    const reply = await session.send('copy t from stdin; select char_length(a) from t; copy t from stdin;', {
      copies: [texts.map((text) => `${text}\n`).join(''), ''],
    })
    expect(reply).toMatchObject({ completed: 3, state: 'I', results: [{ rows: characters.map((n) => [n]) }] })
  })

  it('is told to be missing where a COPY has no rows to read, and the next message is answered', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    const reply = await session.send('create table t (a text); copy t from stdin; copy t from stdin;', {
      copies: ['1\n'],
    })
    expect(reply).toMatchObject({ completed: 2, state: 'I', error: { code: '57014' } })
    expect((await sent(session, 'select 1')).results[0]?.rows).toEqual([['1']])
  })

  it('stops with the row that the server refuses, and the next COPY reads its own rows', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await sent(session, 'create table t (a int)')
    const failed = await session.send('copy t from stdin', { copies: [`1\nx\n${'2\n'.repeat(1_000_000)}`] })
    expect(failed).toMatchObject({ completed: 0, state: 'I', error: { code: '22P02', copyLines: [2] } })
    await session.send('copy t from stdin', { copies: ['7\n'] })
    expect(await database.query('select a from t')).toEqual([{ a: 7 }])
  })
})
