import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Stops a server and removes folders when it is released, or when this process ends in any way at all. */
export interface Guard {
  /** The server that is to be stopped. */
  watch(pid: number): void
  /** It has ended: its number may be another's soon. */
  forget(): void
  /** Returns when the server has stopped and the folders are gone. */
  release(): Promise<void>
}

/**
 * A shell reads a pipe that only this process holds open: its end is this process's end, SIGKILL included.
 * Fast shutdown first (SIGINT); immediate (SIGQUIT) after 20 s, in which the server kills processes of its own that hang for
 * 5 s; SIGKILL after 7 s more, for a server that hangs itself. $1 is the data folder, the rest is removed.
 */
const script = `
pid=
while read -r line; do pid=$line; done
pidfile=$1/postmaster.pid
shift
running() { [ -n "$pid" ] && [ -e "$pidfile" ] && kill -0 "$pid" 2>/dev/null; }
wait_for() { n=0; while running && [ "$n" -lt "$1" ]; do sleep 0.05; n=$((n + 1)); done; }
if [ -n "$pid" ]; then kill -INT "$pid" 2>/dev/null; fi
wait_for 400
if running; then kill -QUIT "$pid" 2>/dev/null; wait_for 140; fi
if running; then kill -KILL "$pid" 2>/dev/null; fi
n=0
while rm -rf "$@" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`

/** Starts the guard of the server in `dataFolder`. Detached, so that Ctrl-C on a terminal does not reach it. */
export function startGuard(dataFolder: string, removed: readonly string[]): Guard {
  const shell = spawn('/bin/sh', ['-c', script, 'devflow-guard', dataFolder, ...removed], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Whatever happens to the shell shows in `release`, which the caller follows by its own cleaning up.
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  unrefPipe(shell)
  return {
    watch: (pid) => void shell.stdin.write(`${pid}\n`),
    forget: () => void shell.stdin.write('\n'),
    release: () => release(shell),
  }
}

function unrefPipe(shell: ChildProcess): void {
  const pipe = shell.stdin
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
}

async function release(shell: ChildProcess): Promise<void> {
  shell.stdin?.end()
  if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return
  shell.ref()
  await once(shell, 'exit')
}
