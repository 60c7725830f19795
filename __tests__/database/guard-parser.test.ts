import { Socket } from 'node:net'
import { expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import type { Session } from '../../src/model/session.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { access } from './a-session.js'

/** A session, and the socket under it. */
async function aWatchedSession(
  url: string,
): Promise<{ session: Session; socket: Socket; notices: string[] }> {
  const socket = new Socket()
  const notices: string[] = []
  const door = await makeDoor(url, access, { stream: () => socket })
  const session = await door.open((_, message) => void notices.push(message))
  return { session, socket, notices }
}

const MB = 1024 * 1024

eachMajor('a session', (major) => {
  it('makes no text of rows that it drops, and goes on behind them', async () => {
    await using database = await aDatabase({ major })
    const { session, notices } = await aWatchedSession(database.url)
    await using _ = session
    const decoded: number[] = []
    const { toString: decode } = Buffer.prototype
    Buffer.prototype.toString = function (...given: Parameters<Buffer['toString']>) {
      const text = decode.apply(this, given)
      decoded.push(text.length)
      return text
    }
    const reply = await session
      .send(
        `select repeat('x', ${20 * MB}); copy (select repeat('y', ${20 * MB})) to stdout; select 1 as mine;
        do $$ begin raise notice '%', repeat('n', ${3 * MB}); raise exception '%', repeat('m', ${20 * MB}); end $$;`,
        { keepRows: false, keepColumn: 'mine' },
      )
      .finally(() => {
        Buffer.prototype.toString = decode
      })
    expect(Math.max(...decoded)).toBeLessThan(1.01 * MB)
    expect(reply).toMatchObject({
      completed: 3,
      state: 'I',
      results: [{ columns: ['mine'], rows: [['1']] }],
      error: { message: `${'m'.repeat(4_000)}… (${20 * MB - 4_000} more characters)` },
    })
    expect(notices).toEqual([`${'n'.repeat(MB)}… (${2 * MB} more characters)`])
  })

  it('is lost, with the reason, where its parser can not read what comes', async () => {
    await using database = await aDatabase({ major })
    const { session, socket } = await aWatchedSession(database.url)
    await using _ = session
    const answer = session.send('select pg_sleep(20)')
    // The description of a row without anything in it.
    socket.emit('data', Buffer.from([0x54, 0, 0, 0, 4]))
    expect(await answer).toMatchObject({
      state: 'lost',
      error: {
        code: 'connection-lost',
        message: expect.stringMatching(/^what the server sent can not be read: \S/),
      },
    })
  })
})
