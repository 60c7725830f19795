import { expect, it } from '@jest/globals'
import { makeCandidate, makingCandidate } from '../../src/migrations/make-candidate.js'
import { atOnce } from '../../src/model/at-once.js'

const named = { name: '01_a.sql', path: 'migrations/01_a.sql', version: '01', style: 'number' } as const
const MB = 1024 * 1024

it.each([
  ['\n', ''],
  ['\r\n', ''],
  ['\n', '\ufeff'],
])('a large file is read with a pause for each part of it, line ends %j, mark %j', (end, mark) => {
  const row = `select 1; -- migrated by hand${end}`
  const bytes = Buffer.from(mark + row.repeat(Math.ceil((4 * MB) / row.length)))
  const pauses = [...makingCandidate(named, bytes)].length
  // Two checksums and the search for a down part, each of it whole.
  expect(pauses).toBeGreaterThanOrEqual(2 * 4 + 20)
  expect(atOnce(makingCandidate(named, bytes))).toEqual(makeCandidate(named, bytes))
})

it('a small one without any', () => {
  expect([...makingCandidate(named, Buffer.from('select 1;'))]).toEqual([])
})
