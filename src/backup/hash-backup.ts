import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { listFiles } from './list-files.js'

/** What a backup is, byte for byte. */
export interface BackupHash {
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/** Reads all of it. Of a folder it is the digest of its list: a line `<digest>  <name>` for each file, as sha256sum has it. */
export async function hashBackup(path: string): Promise<BackupHash> {
  const files = await listFiles(path)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const [only] = files
  if (only?.name === '') return { bytes, sha256: await hashFile(path) }
  const list = createHash('sha256')
  for (const file of files) list.update(`${await hashFile(file.path)}  ${file.name}\n`)
  return { bytes, sha256: list.digest('hex') }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Returns when the disk has it, whatever happens to the machine afterwards. */
export async function syncBackup(path: string): Promise<void> {
  for (const file of await listFiles(path)) await syncOne(file.path)
  await syncOne(path)
  await syncOne(dirname(path))
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
