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

it('a CLI that is silent while the server does nothing for it is ended', async () => {
  expect(
    await untilEnded(
      aCli(),
      async () => [],
      () => 0,
      atOnce,
    ),
  ).toBe(true)
})

it.each([
  ['the server works for it', async () => [42]],
  ['nobody can tell what the server does', async () => undefined],
])('a CLI that is silent is waited for while %s', async (_, answer) => {
  const cli = aCli()
  let looks = 0
  const find = async () => {
    if (++looks === 3) cli.end()
    return answer()
  }
  expect(await untilEnded(cli, find, () => 0, atOnce)).toBe(false)
  expect(looks).toBe(3)
})

it('a CLI that says something is not looked after', async () => {
  const cli = aCli()
  const heard = () => {
    cli.end()
    return Date.now() + 60_000
  }
  const find = async () => {
    throw new Error('not asked')
  }
  expect(await untilEnded(cli, find, heard, { silentMs: 1, lookEveryMs: 1 })).toBe(false)
})
