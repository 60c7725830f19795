import { createWriteStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { type ProgramOptions, type Ran, runProgram } from '../../src/backup/run-program.js'
import { needs } from '../support/needs.js'

/** A shell script, and the processes that the guard was told of. */
async function run(script: string, more: Partial<ProgramOptions> = {}): Promise<Ran & { watched: string[] }> {
  const watched: string[] = []
  const guard = { watch: () => void watched.push('begun'), forget: () => void watched.push('ended') }
  const ran = await runProgram({
    path: '/bin/sh',
    args: ['-c', script],
    access: { environment: { PATH: '/usr/bin:/bin' }, guard },
    ...more,
  })
  return { ...ran, watched }
}

const full = needs({ what: '/dev/full', isThere: existsSync('/dev/full') })

describe('a program', () => {
  it('gives what it wrote, and is guarded as long as it runs', async () => {
    expect(await run('echo some; echo "a warning" >&2')).toEqual({
      text: 'some\n',
      watched: ['begun', 'ended'],
    })
  })

  it('reads what it is given', async () => {
    expect(await run('cat', { stdin: Readable.from(['a', 'b']) })).toMatchObject({ text: 'ab' })
  })

  it('has no environment but its own', async () => {
    process.env.DEVFLOW_TEST_SECRET = 'theirs'
    const ran = await run('env')
    delete process.env.DEVFLOW_TEST_SECRET
    expect(ran).toEqual(expect.objectContaining({ text: expect.not.stringContaining('theirs') }))
  })

  it.each([
    ['its error', 'echo "pg_dump: error: no such table" >&2; echo more >&2; exit 1', 'no such table'],
    ['the server’s error', 'echo "psql:<stdin>:3: ERROR:  division by zero" >&2; exit 3', 'division by zero'],
    ['its last words', 'echo one >&2; echo two >&2; exit 1', 'two'],
    ['its exit code', 'exit 7', 'it ended with exit code 7'],
    ['its signal', 'kill -KILL $$', 'it ended with SIGKILL'],
  ])('that fails is told of by %s', async (_what, script, why) => {
    expect(await run(script)).toMatchObject({ why })
  })

  it('that fails before it has read all is told of by its own words', async () => {
    const stdin = Readable.from(
      (function* endless() {
        for (let line = 0; line < 10_000; line++) yield 'x'.repeat(1000)
      })(),
    )
    expect(await run('echo "ERROR:  syntax error" >&2; exit 3', { stdin })).toMatchObject({
      why: 'syntax error',
    })
  })

  it('that is not there is told of', async () => {
    expect(await run('', { path: '/nowhere/pg_dump' })).toMatchObject({
      why: expect.stringContaining('ENOENT'),
    })
  })

  it('ends with the run', async () => {
    const stop = new AbortController()
    const running = run('echo begun; exec sleep 600', { signal: stop.signal })
    stop.abort()
    expect(await running).toMatchObject({ why: 'the run was asked to end' })
  })

  full.it('whose output has no room is told of by that, and ended', async () => {
    const stdout = [createWriteStream('/dev/full')] as const
    expect(await run('while echo more; do :; done', { stdout })).toMatchObject({
      why: expect.stringContaining('ENOSPC'),
    })
  })
})
