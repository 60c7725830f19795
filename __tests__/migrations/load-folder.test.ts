import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { loadFolder } from '../../src/migrations/load-folder.js'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-'))
  await mkdir(join(root, 'sub/deep'), { recursive: true })
  await mkdir(join(root, '.git'))
  for (const name of [
    '1_a.sql',
    'sub/2_b.sql',
    'sub/deep/3_c.SQL',
    'sub/notes.md',
    '.git/4_d.sql',
    '.5_e.sql',
  ]) {
    await writeFile(join(root, name), '')
  }
})
afterAll(() => rm(root, { recursive: true }))

it('finds .sql files at any depth, hidden ones too, and enters no hidden folder', async () => {
  const { names, refused, tooMany } = await loadFolder(root, () => false)
  expect(names.toSorted()).toEqual(['.5_e.sql', '1_a.sql', 'sub/2_b.sql', 'sub/deep/3_c.SQL'])
  expect([refused, tooMany]).toEqual([[], false])
})

it('does not enter what is excluded', async () => {
  const asked: string[] = []
  await loadFolder(root, (name) => asked.push(name) > 0 && name === 'sub')
  expect(asked.toSorted()).toEqual(['.5_e.sql', '.git', '1_a.sql', 'sub'])
})

it('stops at the limit, files of any kind and folders counted', async () => {
  expect((await loadFolder(root, () => false, 8)).tooMany).toBe(false)
  expect((await loadFolder(root, () => false, 7)).tooMany).toBe(true)
})

it('tells a folder that can not be listed', async () => {
  const { refused } = await loadFolder(join(root, 'gone'), () => false)
  expect(refused).toEqual([{ name: '', why: { kind: 'unreadable-file', reason: 'ENOENT' } }])
})
