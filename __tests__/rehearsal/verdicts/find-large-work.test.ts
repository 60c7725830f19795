import { expect, it } from '@jest/globals'
import { findLargeWork } from '../../../src/rehearsal/verdicts/find-large-work.js'
import { measuredRelations } from '../../../src/rehearsal/verdicts/measured-relations.js'
import { renderBytes } from '../../../src/render/bytes.js'
import { renderDuration } from '../../../src/render/duration.js'
import { aMeasured, aRehearsed } from '../../support/builders.js'
import { MB, REWRITE } from './meet.js'

const rewrite = aMeasured({
  ...REWRITE,
  locks: [{ relation: 'public.books', modes: ['AccessExclusive', 'Share'] }],
})
const update = aMeasured({
  locks: [{ relation: 'public.books', modes: ['RowExclusive'] }],
  scanned: ['public.books'],
  rows: [{ relation: 'public.log', inserted: 1, updated: 0, deleted: 0 }],
})

function large(bytes: number, measured = [rewrite], bigTables: readonly string[] = []) {
  return findLargeWork(
    [aRehearsed({ measured })],
    { place: { kind: 'shadow' }, modes: new Map(), together: false },
    {
      sizes: new Map([['public.books', { relation: 'public.books', bytes, rows: null }]]),
      largeBytes: 10 * MB,
      bigTables,
    },
    { bytes: renderBytes, duration: renderDuration },
  )
}

it('is a rewrite of what is large', () => {
  expect(large(10 * MB)).toBe('rewrites public.books (10 MB) under ACCESS EXCLUSIVE')
  expect(large(MB, [rewrite], ['books'])).toBe('rewrites public.books (1.0 MB) under ACCESS EXCLUSIVE')
})

it('is neither a rewrite of what is small nor a read that stops nobody', () => {
  expect(large(MB)).toBeUndefined()
  expect(large(99 * MB, [update])).toBeUndefined()
})

it('may be a read under a lock that stops others, where nothing is counted', () => {
  const locked = aMeasured({
    locks: [{ relation: 'public.books', modes: ['AccessExclusive'] }],
    uncounted: true,
  })
  expect(large(10 * MB, [locked])).toBe('may read all of public.books (10 MB) under ACCESS EXCLUSIVE')
  expect(large(MB, [locked])).toBeUndefined()
  expect(large(99 * MB, [{ ...update, scanned: [], uncounted: true }])).toBeUndefined()
})

it('asks the size of all that was touched, once', () => {
  const rehearsal = [aRehearsed({ measured: [rewrite, update] }), aRehearsed({ name: '02_b.sql' })]
  expect(measuredRelations(rehearsal)).toEqual(['public.books', 'public.books_pkey', 'public.log'])
})
