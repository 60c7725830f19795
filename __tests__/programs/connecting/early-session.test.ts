import { describe, expect, it } from '@jest/globals'
import type { Session } from '../../../src/model/session.js'
import { expectMany } from '../../../src/programs/connecting/early-session.js'
import type { SteadyDoor } from '../../../src/programs/connecting/steady-door.js'
import { aTarget } from '../../support/builders.js'
import { until } from '../../support/until.js'

/** A door whose connections come about when the test lets them. */
function aSlowDoor() {
  const opened: { come: () => void; closed: boolean }[] = []
  const open = () =>
    new Promise<Session>((resolve) => {
      const one = { closed: false, come: () => resolve(session) }
      const session = {
        send: async () => ({ results: [], completed: 1, state: 'I' }),
        [Symbol.asyncDispose]: async () => {
          one.closed = true
        },
      } as unknown as Session
      opened.push(one)
    })
  return { opened, door: { open } as unknown as SteadyDoor }
}

describe('the connection that history is read on early', () => {
  it('is given up, also while it is waited for, and opened again when files are applied after that', async () => {
    const { opened, door } = aSlowDoor()
    using early = expectMany(door, aTarget(), 30, false)
    early.see(19)
    expect(opened).toHaveLength(0)
    early.see(20)
    expect(opened).toHaveLength(1)
    early.leave()
    expect(await early.take()).toBeUndefined()
    opened[0]?.come()
    await until(async () => opened[0]?.closed === true)
    early.see(30)
    expect(opened).toHaveLength(2)
    opened[1]?.come()
    const again = await early.take()
    expect(again?.answer).toBeDefined()
    early.leave()
    await until(async () => opened[1]?.closed === true)
  })
})
