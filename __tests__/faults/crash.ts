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
  // It hears of the shutdown before it does anything else.
  setTimeout(() => process.kill(writer, 'SIGCONT'), 200)
  await again
}
