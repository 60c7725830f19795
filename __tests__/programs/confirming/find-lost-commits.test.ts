import { expect, it } from '@jest/globals'
import type { Line } from '../../../src/executors/executor.js'
import type { Outcome } from '../../../src/model/outcome.js'
import type { ServerError } from '../../../src/model/session.js'
import { findLostCommits } from '../../../src/programs/confirming/find-lost-commits.js'
import type { Way } from '../../../src/programs/way.js'

const tracking = { schema: 'devflow', table: 'schema_migrations', version: 'absent' }
const OUTCOMES = [{ version: '01', state: 'applied', mode: 'transaction' }] as unknown as readonly Outcome[]

function asked(error: Pick<ServerError, 'code' | 'fatal'>, signal = new AbortController().signal) {
  const way = { known: { records: [], target: { tracking } }, gathered: {}, signal } as unknown as Way
  const reply = { results: [], completed: 0, state: 'I', error: { ...error, message: 'why' } }
  const line = { records: [], session: { send: async () => reply } } as unknown as Line
  return findLostCommits(way, line, OUTCOMES)
}

it.each([
  ['the connection is lost', { code: 'connection-lost', fatal: true }],
  ['somebody holds the table', { code: '55P03', fatal: false }],
])('is asked again where %s', async (_, error) => {
  expect(await asked(error)).toBe('again')
})

it('takes all for lost where the tables are gone', async () => {
  expect(await asked({ code: '42P01', fatal: false })).toEqual(new Set(['01']))
})

it('tells of any other error, and never that nothing is lost', async () => {
  expect(await asked({ code: '42501', fatal: false })).toMatchObject({
    code: '42501',
    message: expect.stringMatching(/migration_history can not be read: why; .*nothing was sent/),
  })
})
