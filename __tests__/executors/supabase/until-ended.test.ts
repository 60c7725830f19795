import { expect, it } from '@jest/globals'
import type { CliEnd, RunningCli } from '../../../src/executors/supabase/run-cli.js'
import { untilEnded } from '../../../src/executors/supabase/until-ended.js'

/** A CLI that ends only when it is ended. */
function aCli(): RunningCli & { readonly end: () => void } {
  let resolve = (_: CliEnd) => {}
  const ended = new Promise<CliEnd>((done) => {
    resolve = done
  })
  const end = () => resolve({ exitCode: null, output: '', killed: true })
  return { ended, kill: end, end }
}

const atOnce = { silentMs: 0, lookEveryMs: 1 }

const questions = {
  find: async (): Promise<readonly number[] | undefined> => [],
  holdsLock: async () => true,
  heardAt: () => 0,
}

it('a CLI that is silent while the server does nothing for it is ended', async () => {
  expect(await untilEnded(aCli(), questions, atOnce)).toBe('silent')
})

it.each([
  ['the server works for it', [42]],
  ['nobody can tell what the server does', undefined],
])('a CLI that is silent is waited for while %s', async (_, answer) => {
  const cli = aCli()
  let looks = 0
  const find = async () => {
    if (++looks === 3) cli.end()
    return answer
  }
  expect(await untilEnded(cli, { ...questions, find }, atOnce)).toBe('ended')
  expect(looks).toBe(3)
})

it('a CLI that says something is not looked after', async () => {
  const cli = aCli()
  const heardAt = () => {
    cli.end()
    return Date.now() + 60_000
  }
  const find = async () => {
    throw new Error('not asked')
  }
  expect(await untilEnded(cli, { ...questions, find, heardAt }, { silentMs: 1, lookEveryMs: 1 })).toBe(
    'ended',
  )
})

it('a CLI that works under nobody’s lock is ended, whatever it says', async () => {
  const held = [true, false]
  const holdsLock = async () => held.shift() ?? true
  const heardAt = () => Date.now() + 60_000
  expect(await untilEnded(aCli(), { ...questions, holdsLock, heardAt }, atOnce)).toBe('unlocked')
})

it('a CLI that ends while nobody answers about the lock has ended', async () => {
  const cli = aCli()
  const holdsLock = () => {
    cli.end()
    return new Promise<boolean>(() => {})
  }
  expect(await untilEnded(cli, { ...questions, holdsLock }, atOnce)).toBe('ended')
})
