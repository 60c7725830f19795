import { chmod, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { writeFixes } from '../../src/migrations/write-fixes.js'
import { aProject } from '../support/a-project.js'
import { asUser } from '../support/as-root.js'

const CHANGED = { name: '01_a.sql', before: 'one', text: 'two' }

describe('writeFixes', () => {
  it('changes a file and adds others, in folders of their own', async () => {
    await using project = await aProject({ '01_a.sql': 'one' })
    const added = [{ name: '02_b/migration.sql', text: 'b' }]
    expect(await writeFixes(project.path, { changed: CHANGED, added })).toBeUndefined()
    expect(await project.read('01_a.sql')).toBe('two')
    expect(await project.read('02_b/migration.sql')).toBe('b')
  })

  it('writes nothing where the file is another by now', async () => {
    await using project = await aProject({ '01_a.sql': 'edited meanwhile' })
    const refusal = await writeFixes(project.path, {
      changed: CHANGED,
      added: [{ name: '02_b.sql', text: 'b' }],
    })
    expect(refusal).toBe('it changed since it was read')
    expect(await project.list('.')).toEqual(['01_a.sql'])
    expect(await project.read('01_a.sql')).toBe('edited meanwhile')
  })

  it('writes nothing where a new file is there already', async () => {
    await using project = await aProject({ '01_a.sql': 'one', '03_c.sql': 'mine' })
    const added = ['02_b.sql', '03_c.sql'].map((name) => ({ name, text: 'x' }))
    expect(await writeFixes(project.path, { changed: CHANGED, added })).toBe('it can not be written (EEXIST)')
    expect(await project.list('.')).toEqual(['01_a.sql', '03_c.sql'])
    expect(await project.read('03_c.sql')).toBe('mine')
  })

  it('writes through no link', async () => {
    await using project = await aProject({ 'elsewhere.txt': 'one', 'm/x': '' })
    await symlink('../elsewhere.txt', join(project.path, 'm/01_a.sql'))
    expect(await writeFixes(join(project.path, 'm'), { changed: CHANGED, added: [] })).toBe(
      'it changed since it was read',
    )
    expect(await project.read('elsewhere.txt')).toBe('one')
  })

  asUser('leaves nothing behind in a folder that can not be written to', async () => {
    await using project = await aProject({ 'm/01_a.sql': 'one' })
    const folder = join(project.path, 'm')
    await chmod(folder, 0o555)
    expect(await writeFixes(folder, { changed: CHANGED, added: [] })).toBe('it can not be written (EACCES)')
    await chmod(folder, 0o755)
    expect(await project.list('m')).toEqual(['01_a.sql'])
  })
})
