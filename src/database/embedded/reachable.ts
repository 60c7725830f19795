import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ServerAccount } from './server-account.js'

const enter = 0o1

/**
 * True where the account may enter the folder (or run the program), judged by the mode bits of it and of every
 * folder above.
 * Without an account (the server runs as the caller) there is nothing to judge.
 */
export async function isReachable(path: string, account: ServerAccount | undefined): Promise<boolean> {
  if (account === undefined) return true
  let current = await realpath(path)
  for (;;) {
    if (!(await mayEnter(current, account))) return false
    const above = dirname(current)
    if (above === current) return true
    current = above
  }
}

async function mayEnter(path: string, account: ServerAccount): Promise<boolean> {
  const { mode, uid, gid } = await stat(path)
  if (uid === account.uid) return (mode & (enter << 6)) !== 0
  if (gid === account.gid) return (mode & (enter << 3)) !== 0
  return (mode & enter) !== 0
}
