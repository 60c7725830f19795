import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { chooseDataFolder } from '../../../src/database/embedded/choose-data-folder.js'
import { asRoot } from '../../support/as-root.js'
import { aFolder } from '../../support/postgres/a-folder.js'

const nobody = { name: 'nobody', uid: 65534, gid: 65534 }

describe('the data folder', () => {
  it('is the one asked for', async () => {
    await using folder = await aFolder()
    const wanted = join(folder.path, '.devflow', 'postgres')
    expect(await chooseDataFolder(wanted, undefined)).toEqual({
      folder: wanted,
      account: undefined,
      isElsewhere: false,
    })
    expect(await chooseDataFolder(wanted, nobody)).toMatchObject({ folder: wanted, account: nobody })
  })

  asRoot('lies elsewhere where the server may not enter, at the same place each time', async () => {
    await using folder = await aFolder()
    await using elsewhere = await aFolder()
    await chmod(folder.path, 0o700)
    const wanted = join(folder.path, 'postgres')
    const place = await chooseDataFolder(wanted, nobody, elsewhere.path)
    expect(place.isElsewhere).toBe(true)
    expect(place.folder.startsWith(elsewhere.path)).toBe(true)
    expect(await chooseDataFolder(wanted, nobody, elsewhere.path)).toEqual(place)
    const other = await chooseDataFolder(join(folder.path, 'other'), nobody, elsewhere.path)
    expect(other.folder).not.toBe(place.folder)
  })

  asRoot('is not believed in a public place where somebody else made it', async () => {
    await using folder = await aFolder()
    await using elsewhere = await aFolder()
    await chmod(folder.path, 0o700)
    const wanted = join(folder.path, 'postgres')
    const made = join((await chooseDataFolder(wanted, nobody, elsewhere.path)).folder, '..')
    await chown(made, nobody.uid, nobody.gid)
    await expect(chooseDataFolder(wanted, nobody, elsewhere.path)).rejects.toThrow(/made by somebody else/)
  })

  asRoot('is not believed in a public place where it is a link', async () => {
    await using folder = await aFolder()
    await using elsewhere = await aFolder()
    await using target = await aFolder()
    await chmod(folder.path, 0o700)
    const wanted = join(folder.path, 'postgres')
    const place = await chooseDataFolder(wanted, nobody, elsewhere.path)
    await using second = await aFolder()
    const name = join(place.folder, '..').slice(elsewhere.path.length)
    await symlink(target.path, join(second.path, name))
    await expect(chooseDataFolder(wanted, nobody, second.path)).rejects.toThrow(/made by somebody else/)
    expect(existsSync(join(target.path, 'data'))).toBe(false)
  })

  asRoot('stays with the user who made it when root comes along', async () => {
    await using folder = await aFolder()
    const wanted = join(folder.path, 'postgres')
    await mkdir(wanted)
    await chown(wanted, 12345, 12346)
    expect((await chooseDataFolder(wanted, nobody)).account).toMatchObject({ uid: 12345, gid: 12346 })
  })

  asRoot('is refused where it is another user’s', async () => {
    await using folder = await aFolder()
    const wanted = join(folder.path, 'postgres')
    await mkdir(wanted)
    await chown(wanted, 12345, 12346)
    await expect(chooseDataFolder(wanted, undefined)).rejects.toThrow(/belongs to another user \(uid 12345\)/)
  })
})
