import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { CLI } from '../faults/cli.js'
import { openProxy } from '../faults/pg-proxy.js'
import type { Asked } from './command.js'
import { inputsOf, type World } from './world.js'

/** `migrate` in a process of its own, which is killed when it sends its k-th message. @returns whether it came so far */
export async function killedRun(world: World, asked: Asked, k: number): Promise<boolean> {
  let child: ReturnType<typeof spawn> | undefined
  await using proxy = await openProxy({
    url: world.database.url,
    fault: { side: 'frontend', k, when: 'before', how: 'strike' },
    strike: async () => {
      const gone = child && once(child, 'exit')
      child?.kill('SIGKILL')
      // What was sent before is delivered after the end, as the kernel does it.
      await gone
    },
  })
  const flags = Object.entries(inputsOf(world, asked)).map(([name, value]) => `--${name}=${value}`)
  child = spawn(process.execPath, [CLI, 'db', 'migrate', '--env', 'test', '--ci', ...flags], {
    cwd: world.migrator.project.path,
    env: { PATH: process.env.PATH, HOME: tmpdir(), DATABASE_URL: proxy.url },
    stdio: 'ignore',
  })
  await once(child, 'close')
  return proxy.fired()
}
