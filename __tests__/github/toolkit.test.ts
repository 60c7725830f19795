import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as toolkit from '@actions/core'
import { describe, expect, it } from '@jest/globals'
import { appendCommand } from '../../src/github/append-command.js'
import { deliver } from '../../src/github/deliver.js'
import { maskSecrets } from '../../src/github/mask.js'
import { makeStepLog } from '../../src/github/step-log.js'

/** What each writes to the file that the runner names in a variable. */
async function fileAfter(variable: string, write: () => unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'devflow-toolkit-')), 'file')
  await writeFile(path, '')
  const before = process.env[variable]
  process.env[variable] = path
  try {
    await write()
  } finally {
    if (before === undefined) delete process.env[variable]
    else process.env[variable] = before
  }
  return await readFile(path, 'utf8')
}

function printedBy(write: (send: (chunk: string) => void) => void): string {
  const chunks: string[] = []
  write((chunk) => chunks.push(chunk))
  return chunks.join('')
}

const withoutDelimiters = (text: string) => text.replace(/(ghadelimiter|end)_[0-9a-f-]+/g, 'delimiter')
const log = (send: (chunk: string) => void) => makeStepLog(send, (text) => text)

describe('what is written to the runner is what GitHub’s own toolkit writes', () => {
  it('for outputs', async () => {
    const outputs = { ready: 'true', pending: '[{"version":"01"}]', report: 'a\nb\r\nc', 'plan-hash': '' }
    const theirs = await fileAfter('GITHUB_OUTPUT', () => {
      for (const [name, value] of Object.entries(outputs)) toolkit.setOutput(name, value)
    })
    const parts = { outputs, annotations: [], summary: () => '', exitCode: 0, masked: [] }
    const ours = await fileAfter('GITHUB_OUTPUT', () =>
      deliver(
        parts,
        {},
        log(() => {}),
      ),
    )
    expect(withoutDelimiters(ours)).toBe(withoutDelimiters(theirs))
  })

  it('for masks', () => {
    const secrets = ['s3cret', 'with %0A and 100%', 'two\nlines\r\nof it']
    const write = process.stdout.write
    const theirs = printedBy((send) => {
      process.stdout.write = ((chunk: string) => {
        send(chunk)
        return true
      }) as typeof write
      try {
        for (const secret of secrets) toolkit.setSecret(secret)
      } finally {
        process.stdout.write = write
      }
    })
    expect(printedBy((send) => void maskSecrets(secrets, log(send)))).toBe(theirs)
  })

  it('for the path', async () => {
    const path = process.env.PATH
    const theirs = await fileAfter('GITHUB_PATH', () => toolkit.addPath('/opt/devflow bin'))
    process.env.PATH = path
    expect(await fileAfter('GITHUB_PATH', () => appendCommand('GITHUB_PATH', '/opt/devflow bin'))).toBe(
      theirs,
    )
  })
})
