import { expect, it } from '@jest/globals'
import { composeBatch } from '../../../src/executors/sql/compose-batch.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { aRunnable, aWork } from './a-work.js'

/** What is said of the disk before each file's COMMIT. */
function commits(sent: string): (string | undefined)[] {
  const ends = sent.split(/^COMMIT;$/m).filter((part) => part.includes("status = 'completed'"))
  return ends.map((part) => /^SET LOCAL synchronous_commit = \w+;$/m.exec(part)?.[0])
}

eachMajor('a message of three files', (major) => {
  it.each([
    ['waits for the disk once, at its end', false, ['off', 'off', undefined]],
    ['waits for it each time where that is asked for', true, [undefined, undefined, undefined]],
  ])('%s', async (_, waits, expected) => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable('01_a.sql', 'create table a (n int);'),
      await aRunnable('02_b.sql', 'create table b (n int);'),
      await aRunnable('03_c.sql', "create table c as select current_setting('synchronous_commit') as said;"),
    ]
    await using work = await aWork(database.url, migrations)
    const frame = { prologue: '', epilogue: '', markOf: String, waits }
    const { sent, done } = composeBatch(work, migrations, frame)
    expect(commits(sent)).toEqual(
      expected.map((value) => value && `SET LOCAL synchronous_commit = ${value};`),
    )
    const reply = await work.session.send(sent)
    expect([reply.error, reply.completed]).toEqual([undefined, done])
    const [{ said }] = (await database.query('select said from c')) as [{ said: string }]
    const [{ usual }] = (await database.query("select current_setting('synchronous_commit') as usual")) as [
      { usual: string },
    ]
    expect(said).toBe(usual)
  })
})
