import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadFile } from '../../src/migrations/load-file.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('a file that is something else by the time it is opened', () => {
  it('is not followed as a link', async () => {
    await writeFile(join(folder, 'a'), 'x')
    await symlink(join(folder, 'a'), join(folder, 'link'))
    expect(loadFile(join(folder, 'link'))).toEqual({ kind: 'symlink' })
  })

  it('is not read as a folder or device', () => {
    expect(loadFile(folder).kind).toBe('not-a-regular-file')
    expect(loadFile('/dev/null').kind).toBe('not-a-regular-file')
  })

  it('is told when it is gone', () => {
    expect(loadFile(join(folder, 'gone'))).toEqual({ kind: 'unreadable-file', reason: 'ENOENT' })
  })
})

it('reads all bytes of a file, and of an empty one', async () => {
  await writeFile(join(folder, 'b'), Uint8Array.of(0, 255, 10))
  await writeFile(join(folder, 'c'), '')
  expect(loadFile(join(folder, 'b'))).toEqual({ kind: 'read', bytes: Buffer.of(0, 255, 10) })
  expect(loadFile(join(folder, 'c'))).toEqual({ kind: 'read', bytes: Buffer.alloc(0) })
})
