import { execFile, execFileSync } from 'node:child_process'
import { chmod, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { loadDisk } from '../../src/config/load-disk.js'
import { UserError } from '../../src/model/user-error.js'
import { asRoot } from '../support/as-root.js'
import { compileSource } from '../support/compile-source.js'
import { aFolder } from '../support/postgres/a-folder.js'

describe('the disk', () => {
  it('gives the text of a file, and nothing where there is none', async () => {
    await using folder = await aFolder()
    const { readFile, exists } = loadDisk('0.1.0', undefined)
    const path = join(folder.path, 'devflow.yml')
    expect([await readFile(path), await exists(path)]).toEqual([undefined, false])
    await writeFile(path, 'version: "1" # é\n')
    expect([await readFile(path), await exists(path)]).toEqual(['version: "1" # é\n', true])
    expect(await readFile(join(path, 'below'))).toBeUndefined()
    expect(await exists(folder.path)).toBe(true)
  })

  it('reads nothing outside the boundary, whatever links say', async () => {
    await using folder = await aFolder()
    const workspace = join(folder.path, 'workspace')
    await mkdir(workspace)
    await mkdir(`${workspace}-beside`)
    await writeFile(join(folder.path, 'secret'), 'secret')
    await writeFile(join(`${workspace}-beside`, 'secret'), 'secret')
    await writeFile(join(workspace, '..inside'), 'inside')
    await writeFile(join(workspace, 'inside'), 'inside')
    await symlink('../secret', join(workspace, 'out'))
    await symlink('inside', join(workspace, 'in'))
    await symlink(workspace, join(folder.path, 'linked'))
    const { readFile } = loadDisk('0.1.0', workspace)

    for (const path of [
      join(workspace, 'out'),
      join(workspace, '../secret'),
      join(`${workspace}-beside`, 'secret'),
    ]) {
      await expect(readFile(path)).rejects.toThrow(`The file ${path} lies outside the workspace.`)
    }
    for (const name of ['in', 'inside', '..inside'])
      expect(await readFile(join(workspace, name))).toBe('inside')
    expect(await loadDisk('0.1.0', join(folder.path, 'linked')).readFile(join(workspace, 'in'))).toBe(
      'inside',
    )
  })

  it('reads regular files of a bounded size only', async () => {
    await using folder = await aFolder()
    const { readFile } = loadDisk('0.1.0', folder.path)
    const at = (name: string) => join(folder.path, name)
    await writeFile(at('large'), '')
    await truncate(at('large'), 1024 * 1024 + 1)
    await expect(readFile(at('large'))).rejects.toThrow(/has 1048577 bytes, and 1048576 are allowed/)
    await truncate(at('large'), 1024 * 1024)
    expect(await readFile(at('large'))).toHaveLength(1024 * 1024)
    await expect(readFile(folder.path)).rejects.toThrow(/is not a regular file/)
    await symlink('loop', at('loop'))
    await expect(readFile(at('loop'))).rejects.toThrow(UserError)
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [at('fifo')])
      await expect(readFile(at('fifo'))).rejects.toThrow(/is not a regular file/)
    }
  })

  it('knows who runs', () => {
    expect(loadDisk('1.2.3', undefined)).toMatchObject({ osUser: userInfo().username, toolVersion: '1.2.3' })
  })

  asRoot('calls a user without a name by the number', async () => {
    const folder = await compileSource(['config', 'model'], { packages: false })
    try {
      await chmod(folder, 0o755)
      await writeFile(
        join(folder, 'who.js'),
        `import { loadDisk } from './config/load-disk.js'\nconsole.log(loadDisk('1', undefined).osUser)\n`,
      )
      const { stdout } = await promisify(execFile)(process.execPath, ['who.js'], {
        cwd: folder,
        uid: 54_321,
        gid: 54_321,
      })
      expect(stdout).toBe('user 54321\n')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
