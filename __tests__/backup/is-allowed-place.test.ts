import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { isAllowedPlace } from '../../src/backup/is-allowed-place.js'
import { aFolder } from '../support/postgres/a-folder.js'

describe('a place for backups', () => {
  it('lies in the workspace, links followed, whether it is there yet or not', async () => {
    await using folder = await aFolder()
    const workspace = join(folder.path, 'work')
    await mkdir(join(workspace, 'here'), { recursive: true })
    await mkdir(join(folder.path, 'outside'))
    await symlink(join(folder.path, 'outside'), join(workspace, 'backups'))
    const allowed = (path: string) => isAllowedPlace(join(workspace, path), [workspace])
    expect([await allowed('here/b/c'), await allowed('new'), await allowed('here')]).toEqual([
      true,
      true,
      true,
    ])
    expect([await allowed('backups/migrations'), await allowed('../outside')]).toEqual([false, false])
  })
})
