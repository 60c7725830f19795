import { expect, it } from '@jest/globals'
import { findInvalid } from '../../../src/executors/supabase/find-invalid.js'
import type { Reply } from '../../../src/model/session.js'
import { aRunnable } from '../sql/a-work.js'

it('an index of which the catalog tells nothing is not taken for a valid one', async () => {
  const migration = await aRunnable('01_i.sql', 'create index concurrently i on t (n);')
  const error = { code: '57014', message: 'canceling statement due to user request', fatal: false }
  const reply: Reply = { results: [], completed: 0, state: 'I', error }
  const session = { processId: 1, send: async () => reply, giveUp: () => {}, cancel: async () => {} }
  const work = { session: { ...session, [Symbol.asyncDispose]: async () => {} } }
  expect(await findInvalid(work, migration)).toEqual({
    failure: { code: '57014', message: 'canceling statement due to user request' },
  })
})
