import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { hashBackup } from '../../src/backup/hash-backup.js'
import { aFolder } from '../support/postgres/a-folder.js'

describe('the digest of a backup', () => {
  it('is that of its file, and of a folder that of all its files', async () => {
    await using folder = await aFolder()
    await writeFile(join(folder.path, 'a'), 'abc')
    expect(await hashBackup(join(folder.path, 'a'))).toEqual({
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    })
    const whole = await hashBackup(folder.path)
    await writeFile(join(folder.path, 'b'), '')
    const more = await hashBackup(folder.path)
    expect([whole.bytes, more.bytes, more.sha256 === whole.sha256]).toEqual([3, 3, false])
  })

  it('is not made of what a link or a folder in it leads to', async () => {
    await using folder = await aFolder()
    await symlink('/etc/passwd', join(folder.path, 'toc.dat'))
    await expect(hashBackup(folder.path)).rejects.toThrow('"toc.dat" in it is no file')
    await expect(hashBackup(join(folder.path, 'toc.dat'))).rejects.toThrow('neither a file nor a folder')
  })
})
