import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running server says of itself in its data folder. Left behind by a server that was killed. */
export interface PostmasterFile {
  readonly pid: number
  /** 0 until the server knows it. */
  readonly port: number
  readonly isReady: boolean
}

/** Undefined when no server runs on the folder, or the file is only half written. */
export async function loadPostmasterFile(dataFolder: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '')
  return parsePostmasterFile(text)
}

/** Lines by PostgreSQL's src/include/utils/pidfile.h: 1 pid, 4 port, 8 status. */
function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  return {
    pid,
    port: Number.parseInt(lines[3] ?? '', 10) || 0,
    isReady: (lines[7] ?? '').trim() === 'ready',
  }
}
