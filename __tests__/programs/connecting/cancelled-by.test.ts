import { expect, it } from '@jest/globals'
import type { Session } from '../../../src/model/session.js'
import { cancelledBy } from '../../../src/programs/connecting/cancelled-by.js'

/** A session that notes what is asked of it. */
function noting(asked: string[]): Session {
  return {
    processId: 1,
    send: async (sql) => {
      asked.push(sql)
      return { results: [], completed: 1, state: 'I' }
    },
    giveUp: () => {},
    cancel: async () => void asked.push('cancel'),
    [Symbol.asyncDispose]: async () => {},
  }
}

it('what is sent of a migration after a run was asked to end is cancelled, what is our own is not', async () => {
  const asked: string[] = []
  const controller = new AbortController()
  await using session = cancelledBy(controller.signal, noting(asked))
  await session.send('before', { keepRows: false })
  controller.abort('SIGTERM')
  await session.send('ours')
  await session.send('theirs', { keepRows: false })
  expect(asked).toEqual(['before', 'cancel', 'ours', 'theirs', 'cancel'])
})
