import { spawnSync } from 'node:child_process'
import { chmod, cp, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { openServer } from '../../../src/database/embedded/open-server.js'
import { readyBinaries } from '../../../src/database/embedded/ready-binaries.js'
import { loadServerAccount } from '../../../src/database/embedded/server-account.js'
import { asRoot, asUser } from '../../support/as-root.js'
import { aFolder } from '../../support/postgres/a-folder.js'
import { binariesOf } from '../../support/postgres/major.js'

describe('binaries whose postinstall script did not run', () => {
  it('get their links in place, and run', async () => {
    await using folder = await aFolder()
    const binaries = await bareBinaries(folder.path)
    await using server = await openServer({ binaries })
    expect(server.notes).toEqual([])
    expect((await lstat(join(binaries, 'native/lib/libpq.so.5'))).isSymbolicLink()).toBe(true)
  })

  asUser('are copied where the package may not be written to', async () => {
    await using folder = await aFolder()
    const binaries = await bareBinaries(folder.path)
    await chmod(join(binaries, 'native/lib'), 0o555)
    await using server = await openServer({ binaries })
    expect(server.notes).toEqual([expect.stringContaining('PostgreSQL runs from a temporary copy in')])
    await chmod(join(binaries, 'native/lib'), 0o755)
  })
})

describe('binaries that are ready', () => {
  it('are used where they are', async () => {
    await using scratch = await aFolder()
    const binaries = await binariesOf(15)
    const ready = await readyBinaries(binaries, scratch.path, undefined)
    expect(ready).toEqual({ bin: join(binaries, 'native/bin'), major: 15 })
    expect(await readdir(scratch.path)).toEqual([])
  })

  asRoot('are copied from where only root may enter', async () => {
    await using folder = await aFolder()
    await using scratch = await aFolder()
    await mkdir(join(folder.path, 'package'))
    await cp(await binariesOf(18), join(folder.path, 'package'), { recursive: true, verbatimSymlinks: true })
    await chmod(folder.path, 0o700)
    const account = await loadServerAccount()
    const ready = await readyBinaries(join(folder.path, 'package'), scratch.path, account)
    expect(ready.copiedTo).toBe(join(scratch.path, 'binaries'))
    expect((await lstat(join(scratch.path, 'binaries/native/lib/libpq.so.5'))).isSymbolicLink()).toBe(true)
  })
})

describe('binaries that were installed for root’s eyes only', () => {
  asRoot('are copied, and run', async () => {
    await using folder = await aFolder()
    const binaries = await bareBinaries(folder.path)
    spawnSync('chmod', ['-R', 'go-rwx', binaries])
    await using server = await openServer({ binaries })
    expect(server.notes).toEqual([expect.stringContaining('PostgreSQL runs from a temporary copy in')])
  })
})

/** The package as npm unpacks it: no links. */
async function bareBinaries(folder: string): Promise<string> {
  const bare = join(folder, 'binaries')
  await cp(await binariesOf(18), bare, { recursive: true, verbatimSymlinks: true })
  const library = join(bare, 'native/lib')
  for (const entry of await readdir(library, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(library, entry.name))
  }
  return bare
}
