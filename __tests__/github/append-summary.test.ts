import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { appendSummary } from '../../src/github/append-summary.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summary-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fileWith(text: string): Promise<string> {
  const path = join(folder, 'summary.md')
  await writeFile(path, text)
  return path
}

describe('appending to the job summary', () => {
  it('keeps what an earlier command of the step wrote', async () => {
    const path = await fileWith('before\n')
    expect(await appendSummary(path, () => 'after\n')).toBeUndefined()
    expect(await readFile(path, 'utf8')).toBe('before\nafter\n')
  })

  it('gives what room is left, in bytes', async () => {
    const limits: number[] = []
    const take = (limit: number) => {
      limits.push(limit)
      return ''
    }
    await appendSummary(await fileWith(''), take)
    await appendSummary(await fileWith('é'.repeat(500_000)), take)
    expect(limits).toEqual([1_000_000, 48_576])
  })

  it('leaves a full file alone and says so', async () => {
    const path = await fileWith('x'.repeat(1_048_570))
    expect(await appendSummary(path, () => 'verdict')).toMatch(/leaves no room/)
    expect(await readFile(path, 'utf8')).toHaveLength(1_048_570)
  })

  it.each([undefined, ''])('says that there is no file when its variable is %j', async (path) => {
    expect(await appendSummary(path, () => '')).toMatch(/GITHUB_STEP_SUMMARY is not set/)
  })

  it('says what is wrong with the file, and does not throw', async () => {
    expect(await appendSummary(join(folder, 'missing.md'), () => '')).toMatch(/was not written: .*ENOENT/)
  })
})
