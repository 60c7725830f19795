import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { keepNewest } from '../../src/backup/keep-newest.js'
import type { BackupManifest } from '../../src/model/backup.js'
import { aFolder } from '../support/postgres/a-folder.js'
import { aManifest } from './a-backup-manifest.js'

const nameOf = (day: number) => `backup_before_migration_202601${String(day).padStart(2, '0')}_120000.dump`

async function backUp(folder: string, name: string, override: Partial<BackupManifest> = {}): Promise<void> {
  await writeFile(join(folder, name), 'dump')
  await writeFile(join(folder, `${name}.json`), JSON.stringify(aManifest(override)))
}

const onDay = (day: number): Partial<BackupManifest> => ({
  serverTime: `2026-01-${String(day).padStart(2, '0')}T12:00:00Z`,
})

describe('of the backups in a folder', () => {
  it('the newest of the database are kept, by the server’s time, with their manifests', async () => {
    await using folder = await aFolder()
    for (const day of [3, 1, 4, 2]) await backUp(folder.path, nameOf(day), onDay(day))
    expect((await keepNewest(folder.path, aManifest(), 2)).sort()).toEqual([nameOf(1), nameOf(2)])
    expect((await readdir(folder.path)).sort()).toEqual(
      [3, 4].flatMap((day) => [nameOf(day), `${nameOf(day)}.json`]),
    )
  })

  it('nothing else is ever deleted: other names, other databases, no manifest, a broken one', async () => {
    await using folder = await aFolder()
    await backUp(folder.path, nameOf(9), onDay(9))
    await backUp(folder.path, nameOf(1), { ...onDay(1), database: 'other' })
    await backUp(folder.path, nameOf(2), { ...onDay(2), environment: 'production' })
    await backUp(folder.path, nameOf(3), { ...onDay(3), systemIdentifier: '1' })
    await backUp(folder.path, 'backup_before_migration_20260104_120000.dump.old', onDay(4))
    await backUp(folder.path, 'mine.dump', onDay(5))
    await writeFile(join(folder.path, nameOf(6)), 'no manifest')
    await backUp(folder.path, nameOf(7), onDay(7))
    await writeFile(join(folder.path, `${nameOf(7)}.json`), '{"form": "devflow-backup/1"')
    const before = await readdir(folder.path)
    expect(await keepNewest(folder.path, aManifest(), 1)).toEqual([])
    expect(await readdir(folder.path)).toEqual(before)
  })

  it('a folder goes with all that is in it, and a link without what it leads to', async () => {
    await using folder = await aFolder()
    const directory = 'backup_before_migration_20260101_120000.dir'
    const outside = join(folder.path, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'precious'), '')
    await mkdir(join(folder.path, directory))
    await writeFile(join(folder.path, directory, 'toc.dat'), '')
    await writeFile(join(folder.path, `${directory}.json`), JSON.stringify(aManifest(onDay(1))))
    await symlink(outside, join(folder.path, nameOf(2)))
    await writeFile(join(folder.path, `${nameOf(2)}.json`), JSON.stringify(aManifest(onDay(2))))
    await backUp(folder.path, nameOf(3), onDay(3))
    expect((await keepNewest(folder.path, aManifest(), 1)).sort()).toEqual([directory, nameOf(2)].sort())
    expect((await readdir(folder.path)).sort()).toEqual([nameOf(3), `${nameOf(3)}.json`, 'outside'].sort())
    expect(await readdir(outside)).toEqual(['precious'])
  })
})
