import { describe, expect, it } from '@jest/globals'
import { chooseDump } from '../../../../src/database/shadows/schema/choose-dump.js'

describe('the pg_dump that is used', () => {
  it.each([
    [[15, 16, 17], 15, 16, 16],
    [[14, 15, 18], 15, 16, 15],
    [[17, 18], 15, 16, 17],
    [[18, 16], 16, 16, 16],
  ])('of %j for a target of %d and a shadow of %d is %d', (majors, target, shadow, chosen) => {
    expect(chooseDump(majors.map(aDump), target, shadow)?.major).toBe(chosen)
  })

  it('is never older than the target', () => {
    expect(chooseDump([aDump(14), aDump(15)], 16, 18)).toBeUndefined()
  })
})

const aDump = (major: number) => ({ major, path: `/${major}/pg_dump`, bin: `/${major}` })
