import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'

const folder = join(import.meta.dirname, '../../src')

/** What no other statement of ours may begin with. */
const BARE = /\b(BEGIN|START TRANSACTION|SET TRANSACTION)\b[A-Z ]*\bREAD ONLY\b[A-Z ]*;/

it('transactions of ours that only read begin in one way: a role may be set to wait without an end, or to time out', () => {
  const wrong = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('begin-reading.ts'))
    .filter((name) => BARE.test(readFileSync(join(folder, name), 'utf8')))
  expect(wrong).toEqual([])
})
