import { describe, expect, it } from '@jest/globals'
import { describeProgress } from '../../src/database/describe-progress.js'
import type { Rows } from '../../src/model/session.js'

type Cells = readonly (string | null)[]

const rows = (...cells: Cells[]): Rows => ({ columns: [], rows: cells })
const doing = (progress: readonly Cells[], locks: readonly Cells[] = []) =>
  describeProgress(rows(...locks), rows(...progress)).doing

const waits: Cells = ['f', 'relation', 'ShareLock', 'public.t']

describe('what a process does', () => {
  it.each<[Cells, string]>([
    [
      ['CREATE INDEX', 'public.t', null, 'building index: scanning table', '1', '4'],
      'building an index on public.t: scanning table',
    ],
    [
      ['REINDEX CONCURRENTLY', 'public.t', 'public.i', 'waiting for old snapshots', '0', '1'],
      'rebuilding the index public.i on public.t: waiting for old snapshots',
    ],
    [
      ['CREATE INDEX', null, null, 'initializing', null, null],
      'building an index on a new table: initializing',
    ],
    [
      ['VACUUM FULL', 'public.t', null, 'writing new heap', null, '9'],
      'rewriting public.t (VACUUM FULL): writing new heap',
    ],
    [
      ['CLUSTER', 'public.t', null, 'sorting tuples', null, '9'],
      'rewriting public.t (CLUSTER): sorting tuples',
    ],
    [
      ['ANALYZE', 'public.t', null, 'acquiring sample rows', '1', '9'],
      'analysing public.t: acquiring sample rows',
    ],
    [['COPY TO', null, null, '12 rows', '99', '0'], 'copying from a query: 12 rows'],
  ])('is told from %j', (progress, words) => {
    expect(doing([progress])).toBe(words)
  })

  it('is told with the wait for a lock, once', () => {
    const index: Cells = ['CREATE INDEX', 'public.t', null, 'initializing', null, null]
    expect(doing([index], [waits])).toBe(
      'building an index on public.t: initializing; waiting for ShareLock on public.t',
    )
    const waiting: Cells = [
      'CREATE INDEX CONCURRENTLY',
      'public.t',
      'i',
      'waiting for old snapshots',
      '0',
      '1',
    ]
    expect(doing([waiting], [['f', 'virtualxid', 'ShareLock', null]])).toBe(
      'building the index i on public.t: waiting for old snapshots',
    )
  })

  it.each<[Cells, string]>([
    [waits, 'waiting for ShareLock on public.t'],
    [['f', 'transactionid', 'ShareLock', null], 'waiting for another transaction to end'],
    [['f', 'virtualxid', 'ShareLock', null], 'waiting for transactions that began earlier to end'],
    [['f', 'advisory', 'ExclusiveLock', null], 'waiting for a lock (advisory)'],
  ])('is a wait for the lock %j', (lock, words) => {
    expect(doing([], [lock, ['t', 'relation', 'AccessExclusiveLock', 'public.other']])).toBe(words)
  })

  it('is what it keeps others out of where the server tells nothing else, and nothing where that is nothing', () => {
    const held = (table: string): Cells => ['t', 'relation', 'AccessExclusiveLock', table]
    expect(doing([], [held('a'), held('b')])).toBe('holding AccessExclusiveLock on a, b')
    expect(doing([], ['a', 'b', 'c', 'd'].map(held))).toBe(
      'holding AccessExclusiveLock on a, b, c and others',
    )
    expect(describeProgress(rows(), rows())).toEqual({})
  })

  it.each<[string | null, string | null, number | undefined]>([
    ['1', '4', 0.25],
    ['5', '4', 1],
    ['0', '0', undefined],
    [null, '4', undefined],
    ['1', null, undefined],
  ])('of %s from %s is the share %s', (done, total, share) => {
    expect(describeProgress(rows(), rows(['VACUUM', 't', null, 'x', done, total])).share).toBe(share)
  })
})
