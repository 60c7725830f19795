import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { compileSource } from '../support/compile-source.js'

let folder: string
beforeAll(async () => {
  folder = await compileSource(['terminal', 'model'], { packages: false })
  await writeFile(
    join(folder, 'question.js'),
    `import { ask } from './terminal/ask.js'\nconsole.log(await ask('Apply 2 migrations?'))\n`,
  )
})
afterAll(() => rm(folder, { recursive: true }))

/** What a process that asks says, given this on its standard input, which then ends. */
function answered(input: string): Promise<{ stdout: string; stderr: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'question.js')])
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    child.on('close', (code) => resolve({ stdout, stderr, code }))
    child.stdin.end(input)
  })
}

describe('asking', () => {
  it.each(['yes\n', 'YES\n', '  yes  \r\n'])('takes %j for a yes', async (input) => {
    expect(await answered(input)).toEqual({
      stdout: 'true\n',
      stderr: expect.stringContaining('Apply 2 migrations? Type yes to go on: '),
      code: 0,
    })
  })

  it.each(['\n', 'y\n', 'no\n', 'yes please\n', '\nyes\n', ''])('takes %j for a no', async (input) => {
    expect(await answered(input)).toMatchObject({ stdout: 'false\n', code: 0 })
  })
})
