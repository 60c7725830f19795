import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { takeBaseline } from './baseline.js'
import type { RunSeen } from './check-point.js'
import type { Traced } from './describe-message.js'
import type { Fault } from './fault.js'
import { SHORT_PATIENCE_MS } from './mode.js'
import { openProxy } from './pg-proxy.js'
import { SCENARIOS } from './scenarios.js'
import { aStand, type Stand } from './stand.js'

/** The number, on the server's side, of the answer that tells of the end of the message which held the last COMMIT. */
function lastAnswer(trace: readonly Traced[]): number {
  const answers = trace.filter(({ side }) => side === 'backend')
  // Each file's mark is sent after its COMMIT.
  const lastMark = answers.findLastIndex(({ type }) => type === 'N')
  return answers.findIndex(({ type }, k) => k > lastMark && type === 'Z')
}

/** A run with little patience: it gives up for the first time after three attempts to connect. */
async function runThrough(stand: Stand, fault: Fault): Promise<RunSeen> {
  await stand.reset()
  await using proxy = await openProxy({ url: stand.database.url, fault })
  const seen = await stand.run(proxy.url, { reconnectWithinMs: SHORT_PATIENCE_MS })
  expect(proxy.fired()).toBe(true)
  return seen
}

const told = ({ exitCode, states = {} }: RunSeen) => `${exitCode}: ${Object.values(states).join(' ')}`

eachMajor('an outage after the last COMMIT', (major) => {
  it.each([SCENARIOS.three, SCENARIOS.together])(
    'is told truly whenever it ends: $name',
    async (scenario) => {
      await using database = await aDatabase({ major })
      await using stand = await aStand(database, scenario)
      const k = lastAnswer(await takeBaseline(stand))
      const outage = (refuses: number): Fault => ({ side: 'backend', k, when: 'before', how: 'rst', refuses })
      // It ends just before history is read again, for the report.
      expect(told(await runThrough(stand, outage(3)))).toBe('0: applied applied applied')
      // It ends while that is tried.
      expect(told(await runThrough(stand, outage(5)))).toBe('0: applied applied applied')
      // It ends after the run.
      expect(told(await runThrough(stand, outage(20)))).toMatch(/^1: .*unknown/)
      expect(await stand.finish()).toMatchObject({ exitCode: 0, states: {}, ready: true })
    },
  )
})
