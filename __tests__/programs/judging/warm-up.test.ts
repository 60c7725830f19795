import { describe, expect, it } from '@jest/globals'
import { warmUpDuring } from '../../../src/programs/judging/warm-up.js'

/** Something that is waited for until it is told to come. */
function aWait() {
  let arrive: () => void = () => {}
  const far = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { far, arrive }
}

describe('warming up', () => {
  it('begins while something is waited for that takes its time', async () => {
    const { far, arrive } = aWait()
    await using _warm = warmUpDuring(far, async () => arrive())
    // It comes only once the loading has begun.
    await far
  })

  it('does not begin where the answer is there at once', async () => {
    let begun = false
    const load = async () => {
      begun = true
    }
    for (const answer of [Promise.resolve(), Promise.reject(new Error('refused'))]) {
      await using _warm = warmUpDuring(answer, load)
      await answer.catch(() => {})
    }
    expect(begun).toBe(false)
  })

  it('leaves nothing at work, and is nothing that could fail a run', async () => {
    const { far, arrive } = aWait()
    let ended = false
    const warm = warmUpDuring(far, async () => {
      arrive()
      await new Promise(setImmediate)
      ended = true
      throw new Error('no such file')
    })
    await far
    expect(ended).toBe(false)
    await warm[Symbol.asyncDispose]()
    expect(ended).toBe(true)
  })
})
