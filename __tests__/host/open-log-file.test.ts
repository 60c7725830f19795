import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { openLogFile } from '../../src/host/open-log-file.js'
import { aFolder } from '../support/postgres/a-folder.js'

const now = () => new Date('2026-01-20T10:30:00.000Z')

describe('the log file', () => {
  it('holds every line with its time, in order, and keeps what was there', async () => {
    await using folder = await aFolder()
    const path = join(folder.path, 'logs', 'deep', 'migration_20260120.log')
    for (const name of ['first', 'second']) {
      const log = await openLogFile(path, now)
      for (let n = 0; n < 200; n++) log.write(`${name} ${n}`)
      log.write('two\nlines')
      await log.close()
    }
    const expected = ['first', 'second'].flatMap((name) => [
      ...Array.from({ length: 200 }, (_, n) => `${name} ${n}`),
      'two',
      'lines',
    ])
    expect(await readFile(path, 'utf8')).toBe(
      expected.map((line) => `2026-01-20T10:30:00.000Z ${line}\n`).join(''),
    )
  })

  it('that can not be written is refused by name', async () => {
    await using folder = await aFolder()
    await mkdir(join(folder.path, 'folder'))
    await writeFile(join(folder.path, 'file'), '')
    await expect(openLogFile(join(folder.path, 'folder'), now)).rejects.toThrow(/folder is no regular file/)
    await expect(openLogFile(join(folder.path, 'file', 'x.log'), now)).rejects.toThrow(
      /can not be written \((ENOTDIR|EEXIST)\)/,
    )
  })
})
