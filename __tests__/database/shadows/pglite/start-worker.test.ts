import { describe, expect, it } from '@jest/globals'
import { startWorker } from '../../../../src/database/shadows/pglite/start-worker.js'
import { aProject } from '../../../support/a-project.js'

/** Answers each message with itself, and prints at every turn. */
const TALKATIVE = `
const say = (what) => { console.log('stray ' + what); console.warn('stray ' + what); process.stderr.write('stray ' + what) }
exports.PGlite = {
  create: async () => {
    say('start')
    return { execProtocolRawStream: async (message, { onRawData }) => { say('message'); onRawData(message) } }
  },
}
`

/** What this process prints meanwhile. */
async function printedDuring(work: () => Promise<void>): Promise<string> {
  const streams = [process.stdout, process.stderr]
  const before = streams.map(({ write }) => write)
  let printed = ''
  for (const stream of streams)
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      printed += Buffer.from(chunk as Uint8Array).toString()
      const done = rest.findLast((each) => typeof each === 'function') as (() => void) | undefined
      done?.()
      return true
    }) as typeof stream.write
  try {
    await work()
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = before[index] as typeof stream.write
  }
  return printed
}

describe('PGlite in its thread', () => {
  it('prints nothing among what this program prints', async () => {
    await using project = await aProject({ 'pglite.js': TALKATIVE })
    const answers: string[] = []
    const printed = await printedDuring(async () => {
      await using worker = await startWorker(`${project.path}/pglite.js`)
      for (const message of ['one', 'two'])
        await worker.send(Buffer.from(message), (data) => answers.push(Buffer.from(data).toString()))
    })
    expect(answers).toEqual(['one', 'two'])
    expect(printed).not.toContain('stray')
  })
})
