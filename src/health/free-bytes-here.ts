import { open, statfs } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

/**
 * What is free on the disk of a server's folder, in bytes, where it lies on this machine and is that server's: a container
 * has a folder of the same name.
 *
 * @param systemIdentifier of the server, which stands at the beginning of its control file
 */
export async function freeBytesHere(
  folder: string | undefined,
  systemIdentifier: string | undefined,
): Promise<number | undefined> {
  if (folder === undefined || systemIdentifier === undefined || !isAbsolute(folder)) return undefined
  try {
    if ((await readIdentifier(folder)) !== systemIdentifier) return undefined
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

async function readIdentifier(folder: string): Promise<string> {
  const file = await open(join(folder, 'global', 'pg_control'))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return bytesRead === 8 ? buffer.readBigUInt64LE().toString() : ''
  } finally {
    await file.close()
  }
}
