import { spawn } from 'node:child_process'

/** Ends a process group when this process ends in any way, SIGKILL included. */
export interface Leash {
  hold(group: number): void
  /** It has ended by itself: its number may be another's soon. */
  letGo(): void
}

/** A shell reads a pipe that only this process holds open. */
const script = `
group=
while read -r line; do group=$line; done
if [ -n "$group" ]; then kill -KILL "-$group" 2>/dev/null; fi
`

/**
 * Without it a Supabase CLI whose run was killed would go on with the next file, under nobody's lock. Where there is no
 * shell there is no leash.
 */
export function openLeash(): Leash {
  const shell = spawn('/bin/sh', ['-c', script, 'devflow-leash'], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  const pipe = shell.stdin
  if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  return {
    hold: (group) => void shell.stdin.write(`${group}\n`),
    letGo: () => void shell.stdin.end('\n'),
  }
}
