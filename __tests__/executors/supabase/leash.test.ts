import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { processesWith } from '../../supabase/sample-arguments.js'
import { compileSource } from '../../support/compile-source.js'
import { until } from '../../support/until.js'

it('a run that is killed takes its Supabase CLI along, and what that has started', async () => {
  const folder = await compileSource(['executors/supabase'], { packages: false })
  try {
    const mark = `leash-test-${process.pid}`
    await writeFile(
      join(folder, 'run.js'),
      `import { runCli } from './executors/supabase/run-cli.js'
const command = ['/bin/sh', '-c', 'sleep 600 & sh -c "sleep 600; : ${mark}"; wait']
runCli({ command }, [], { env: process.env, cwd: '/', onLine: () => {} })
setTimeout(() => {}, 600_000)`,
    )
    const run = spawn(process.execPath, [join(folder, 'run.js')], { stdio: 'ignore' })
    await until(async () => (await processesWith(`: ${mark}`)).length === 2)
    run.kill('SIGKILL')
    await once(run, 'exit')
    await until(async () => (await processesWith(`: ${mark}`)).length === 0)
    expect(await processesWith(`: ${mark}`)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})
