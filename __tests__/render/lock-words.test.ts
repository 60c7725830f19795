import { describe, expect, it } from '@jest/globals'
import { LOCK_STRENGTHS, type LockStrength } from '../../src/model/measured.js'
import { BLOCKED, isStrong, lockName } from '../../src/render/lock-words.js'

/** PostgreSQL's table of conflicting lock modes, in the order of LOCK_STRENGTHS: `x` where two conflict. */
const CONFLICTS = [
  '.......x',
  '......xx',
  '....xxxx',
  '...xxxxx',
  '..xx.xxx',
  '..xxxxxx',
  '.xxxxxxx',
  'xxxxxxxx',
] as const

const conflict = (a: LockStrength, b: LockStrength) =>
  CONFLICTS[LOCK_STRENGTHS.indexOf(a)]?.[LOCK_STRENGTHS.indexOf(b)] === 'x'

describe('the words for a lock', () => {
  it.each(LOCK_STRENGTHS)('%s say who has to wait', (mode) => {
    const words = BLOCKED[mode]
    // SELECT, INSERT, CREATE INDEX, VACUUM and SELECT FOR UPDATE take these.
    expect(/reads/.test(words)).toBe(conflict(mode, 'AccessShare'))
    expect(/writes/.test(words)).toBe(conflict(mode, 'RowExclusive'))
    expect(/reads|FOR UPDATE/.test(words)).toBe(conflict(mode, 'RowShare') && mode !== 'RowShare')
    if (/index builds/.test(words)) expect(conflict(mode, 'Share')).toBe(true)
    if (/VACUUM/.test(words)) expect(conflict(mode, 'ShareUpdateExclusive')).toBe(true)
    expect(conflict(mode, 'AccessExclusive')).toBe(true)
  })

  it.each(LOCK_STRENGTHS)('call %s strong where it keeps writers out', (mode) => {
    expect(isStrong(mode)).toBe(conflict(mode, 'RowExclusive'))
  })

  it('have the name of the documentation', () => {
    expect(LOCK_STRENGTHS.map(lockName)).toEqual([
      'ACCESS SHARE',
      'ROW SHARE',
      'ROW EXCLUSIVE',
      'SHARE UPDATE EXCLUSIVE',
      'SHARE',
      'SHARE ROW EXCLUSIVE',
      'EXCLUSIVE',
      'ACCESS EXCLUSIVE',
    ])
  })
})
