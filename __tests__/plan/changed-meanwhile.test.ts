import { describe, expect, it } from '@jest/globals'
import type { AppliedRecord } from '../../src/model/history.js'
import { changedMeanwhile, type OwnMigration } from '../../src/plan/changed-meanwhile.js'
import { anAppliedRecord } from '../support/builders.js'

const at = (version: string, more: Partial<AppliedRecord> = {}) =>
  anAppliedRecord({ version, checksum: `sha256:${version}`, appliedAt: '2026-01-01T00:00:00.000Z', ...more })
const applying = (version: string, isSeen = false): OwnMigration => ({
  version,
  done: { status: 'completed', checksum: `sha256:${version}` },
  isSeen,
})
const undoing = (version: string, isSeen = false): OwnMigration => ({
  version,
  done: { status: 'rolled_back' },
  isSeen,
})
const LATER = '2026-01-02T00:00:00.000Z'
const NOTHING = { noLonger: [], anew: [] }

describe('what other runs changed meanwhile', () => {
  it.each<[string, AppliedRecord[], AppliedRecord[], OwnMigration[], object]>([
    ['nothing', [at('1')], [at('1')], [], NOTHING],
    ['one more', [at('1')], [at('1'), at('2')], [], { noLonger: [], anew: ['2'] }],
    ['one less', [at('1'), at('2')], [at('1')], [], { noLonger: ['2'], anew: [] }],
    ['undone', [at('1')], [at('1', { status: 'rolled_back' })], [], { noLonger: ['1'], anew: [] }],
    ['another text', [at('1')], [at('1', { checksum: 'sha256:x' })], [], { noLonger: [], anew: ['1'] }],
    ['a failure only', [at('1')], [at('1'), at('2', { status: 'failed' })], [], NOTHING],
    [
      'written anew as it was',
      [at('1')],
      [at('01', { checksum: 'sha256:1', appliedAt: LATER })],
      [],
      NOTHING,
    ],
  ])('is told: %s', (_, before, now, own, changed) => {
    expect(changedMeanwhile(before, now, own)).toEqual(changed)
  })

  it.each<[string, AppliedRecord[], AppliedRecord[], OwnMigration[], object]>([
    ['is done, by whomever', [], [at('05', { checksum: 'sha256:5' })], [applying('5')], NOTHING],
    ['failed, or is under way', [], [at('5', { status: 'running' })], [applying('5')], NOTHING],
    ['was seen, and is gone', [], [], [applying('5', true)], { noLonger: ['5'], anew: [] }],
    [
      'was not seen, and is undone',
      [],
      [at('5', { status: 'rolled_back' })],
      [applying('5')],
      { noLonger: ['5'], anew: [] },
    ],
    [
      'was undone long before',
      [at('5', { status: 'rolled_back' })],
      [at('5', { status: 'rolled_back' })],
      [applying('5')],
      NOTHING,
    ],
    [
      'was undone before, and again',
      [at('5', { status: 'rolled_back' })],
      [at('5', { status: 'rolled_back', appliedAt: LATER })],
      [applying('5')],
      { noLonger: ['5'], anew: [] },
    ],
    [
      'has another text than ours',
      [],
      [at('5', { checksum: 'sha256:x' })],
      [applying('5')],
      { noLonger: [], anew: ['5'] },
    ],
    [
      'is repeated, and was not yet',
      [at('5', { checksum: 'sha256:x' })],
      [at('5', { checksum: 'sha256:x' })],
      [applying('5')],
      NOTHING,
    ],
    ['is not undone yet', [at('5')], [at('5')], [undoing('5')], NOTHING],
    ['is undone', [at('5')], [at('5', { status: 'rolled_back' })], [undoing('5', true)], NOTHING],
    [
      'was undone, and is applied again',
      [at('5')],
      [at('5', { appliedAt: LATER })],
      [undoing('5')],
      { noLonger: [], anew: ['5'] },
    ],
    [
      'is taken over from another table, which had no time',
      [at('5', { appliedAt: null })],
      [at('5')],
      [undoing('5')],
      NOTHING,
    ],
  ])('is told of a migration of the run itself that %s', (_, before, now, own, changed) => {
    expect(changedMeanwhile(before, now, own)).toEqual(changed)
  })
})
