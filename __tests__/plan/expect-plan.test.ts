import { describe, expect, it } from '@jest/globals'
import { UserError } from '../../src/model/user-error.js'
import { expectPlan } from '../../src/plan/expect-plan.js'
import { aPlanDocument } from './a-plan-document.js'

const document = aPlanDocument()
const other = `v1:sha256:${'0'.repeat(64)}`

describe('the plan that is expected', () => {
  it('is none where nothing is given, or nothing but white space', () => {
    expect([expectPlan(undefined), expectPlan(''), expectPlan(' \n')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is told by its hash, by its file, or by both where they agree', () => {
    expect(expectPlan(` ${other}\n`)).toEqual({ hash: other })
    expect(expectPlan(undefined, document)).toEqual({ hash: document.hash, document })
    expect(expectPlan(document.hash, document)).toEqual({ hash: document.hash, document })
  })

  it('is refused where hash and file are of two plans', () => {
    expect(() => expectPlan(other, document)).toThrow(
      `expected-plan-hash is ${other}, and the plan file is that of ${document.hash}.`,
    )
  })

  it.each([
    document.hash.toUpperCase(),
    document.hash.slice(0, -1),
    `${document.hash}0`,
    document.hash.slice(3),
    document.hash.replace('v1', 'v2'),
    `${other}\n${other}`,
    'null',
    'true',
  ])('is never guessed from %j', (given) => {
    expect(() => expectPlan(given)).toThrow(UserError)
  })

  it('says of an old hash that it is old, and shows no more of a hostile text than its beginning', () => {
    expect(() => expectPlan(`v0:sha256:${'0'.repeat(64)}`)).toThrow('made by an older version')
    expect(() => expectPlan(`::error::\n${'x'.repeat(10_000)}`)).toThrow(
      /^expected-plan-hash is "::error::\\nx{0,100}", and/,
    )
  })
})
