import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RestartableServer } from './a-restartable-server.js'

/** A server that writes nothing to its disk but what a commit waits for. @returns the process that would write the rest */
export async function stopWriter(server: RestartableServer): Promise<number> {
  const [writer] = await server.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'walwriter'",
  )
  const { pid } = writer as { pid: number }
  process.kill(pid, 'SIGSTOP')
  return pid
}

export async function crash(server: RestartableServer, writer: number): Promise<void> {
  const again = server.restart()
  // It must hear of the shutdown before it does anything else: a signal that is pending is seen in /proc.
  void told(writer).then(
    () => process.kill(writer, 'SIGCONT'),
    () => {},
  )
  await again
}

/** Once SIGQUIT (bit 3) is pending for a process; where the system does not tell, after two seconds. */
async function told(pid: number): Promise<void> {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return sleep(2_000)
  while (!/^(ShdPnd|SigPnd):\s*[0-9a-f]*[4-7c-f]$/m.test(await readFile(file, 'utf8'))) await sleep(10)
}
