import { describe, expect, it } from '@jest/globals'
import type { Batch, Block } from '../../../src/executors/sql/compose-batch.js'
import { readReply } from '../../../src/executors/sql/read-reply.js'
import type { Reply } from '../../../src/model/session.js'

const [first, second] = ['01_a.sql', '02_b.sql'].map((name) => ({ file: { name } }))
const layout = { sent: '', bodyStart: 0, fileStart: 0, length: 0, shifts: [] }
const BLOCKS = [
  { migration: first, layout, begunAt: 0, committedAt: 5 },
  { migration: second, layout, begunAt: 12, committedAt: 17 },
] as unknown as readonly Block[]
const BATCH: Batch = { sent: '', copies: [], blocks: BLOCKS, prologue: 0, done: 24 }

function lostAfter(completed: number, told: number, isTold: boolean) {
  const error = { code: 'connection-lost', message: 'gone', fatal: true, ...(isTold ? { isTold } : {}) }
  const reply: Reply = { results: [], completed, state: 'lost', error }
  const { stop } = readReply(reply, BATCH, told)
  return stop?.kind === 'lost' ? [stop.at?.file.name, stop.failure.message] : stop
}

const during = (file: string) => [file, `the connection was lost while ${file} was being applied: gone`]
const between = [undefined, 'the connection was lost: gone']

describe('a message of several files whose answer breaks off', () => {
  it.each([
    ['in the first', 2, 0, true, during('01_a.sql')],
    ['between the two, as the server says', 8, 1, true, between],
    ['between the two, as far as is known: the rest of the answer is lost', 8, 1, false, during('02_b.sql')],
    ['in the second', 14, 1, true, during('02_b.sql')],
    ['in the first, which has said of itself that it is committed', 3, 1, true, during('01_a.sql')],
    ['behind both', 20, 2, true, between],
  ] as const)('%s names the file that was at work', (_, completed, told, isTold, expected) => {
    expect(lostAfter(completed, told, isTold)).toEqual(expected)
  })
})
