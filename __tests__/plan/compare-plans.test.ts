import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { PlanDifference } from '../../src/model/plan-document.js'
import { comparePlans } from '../../src/plan/compare-plans.js'
import { makePlanDocument, type PlanFacts } from '../../src/plan/make-plan-document.js'
import { aChecksum, anAppliedRecord } from '../support/builders.js'
import {
  aJudging,
  aPlanDocument,
  aRunnable,
  type FactOverrides,
  planFacts,
  rowOf,
} from './a-plan-document.js'
import { anyPlan, CHANGES } from './any-plan.js'

const [orders, index] = planFacts().migrations as [PlanFacts['migrations'][0], PlanFacts['migrations'][0]]
const [users, books] = planFacts().records as [PlanFacts['records'][0], PlanFacts['records'][0]]

const compare = (now: FactOverrides, before: FactOverrides = {}) => {
  const facts = planFacts(now)
  return comparePlans(aPlanDocument(before), makePlanDocument(facts), facts.records)
}
const told = (differences: readonly PlanDifference[]) => differences.map(({ message }) => message)

describe('a plan that is as it was', () => {
  it('differs in nothing', () => {
    expect(compare({})).toEqual([])
  })
})

describe('a difference in the files', () => {
  it('is a new one', () => {
    const fresh = aRunnable({ name: '05_new.sql' })
    expect(compare({ migrations: [orders, index, fresh] })).toEqual([
      {
        field: 'migrations',
        kind: 'new-file',
        message: '05_new.sql is pending, and is not part of the plan.',
        version: '05',
        present: fresh.file.checksum,
      },
    ])
  })

  it('is one that was edited, with both checksums', () => {
    const edited = aRunnable({ name: '03_orders.sql', text: 'drop table users' })
    const [before, now] = [orders.file.checksum, edited.file.checksum]
    expect(compare({ migrations: [edited, index] })).toEqual([
      {
        field: 'migrations',
        kind: 'edited-file',
        message: `03_orders.sql was edited: the plan has ${before.slice(0, 19)}…, the file is ${now.slice(0, 19)}….`,
        version: '03',
        expected: before,
        present: now,
      },
    ])
  })

  it('is one that is gone', () => {
    expect(compare({ migrations: [orders] })).toMatchObject([
      { kind: 'missing-file', version: '04', expected: index.file.checksum },
    ])
  })

  it('is another order, told once', () => {
    expect(told(compare({ migrations: [index, orders] }))).toEqual([
      'The order changed: the plan has 03_orders.sql where 04_index.sql would be applied now.',
    ])
  })

  it('is how one is run', () => {
    expect(told(compare({ migrations: [{ ...orders, mode: 'no-transaction' }, index] }))).toEqual([
      '03_orders.sql would run statement by statement, and the plan has it in one transaction.',
    ])
  })
})

describe('a difference in the history', () => {
  it('is somebody else’s apply, with who, when and where, and says nothing of a missing file', () => {
    const row = rowOf(orders, { appliedBy: 'mallory' })
    expect(compare({ migrations: [index], records: [users, books, row] })).toEqual([
      {
        field: 'applied',
        kind: 'applied-since',
        message:
          '03_orders.sql, a part of the plan, was applied after the plan was made, by mallory, at 2026-01-21T18:00:00.000Z, in https://github.com/acme/shop/actions/runs/43.',
        version: '03',
        present: orders.file.checksum,
      },
    ])
  })

  it('is what was applied from elsewhere', () => {
    const row = anAppliedRecord({ name: '02a_hotfix.sql', version: '02a', appliedBy: null, appliedAt: null })
    expect(told(compare({ records: [users, books, row] }))).toEqual([
      '02a_hotfix.sql was applied after the plan was made.',
    ])
  })

  it('is what is not applied any more: rolled back, or an older copy', () => {
    expect(
      compare({ records: [users], migrations: [aRunnable({ name: '02_books.sql' }), orders, index] }),
    ).toMatchObject([
      { field: 'applied', kind: 'no-longer-applied', version: '02', expected: books.checksum },
    ])
  })

  it('is a row with another checksum', () => {
    const row = { ...books, checksum: aChecksum('something else') }
    expect(compare({ records: [users, row] })).toMatchObject([
      {
        field: 'applied',
        kind: 'edited-history',
        version: '02',
        expected: books.checksum,
        present: row.checksum,
      },
    ])
  })

  it('is the same migration under another spelling of its version', () => {
    const row = rowOf(orders, { version: '3' })
    expect(compare({ migrations: [index], records: [users, books, row] })).toMatchObject([
      { kind: 'applied-since', message: expect.stringContaining('a part of the plan') },
    ])
  })
})

describe('a difference of place', () => {
  const { target } = planFacts()
  const { systemIdentifier: _, ...unknown } = target

  it('is another server, whatever its address', () => {
    expect(told(compare({ target: { ...target, systemIdentifier: '99' } }))).toEqual([
      'The plan was made for another server: for system identifier 7301234567890123456, and this is system identifier 99.',
    ])
    expect(compare({ target: { ...target, host: 'replica.example.com' } })).toEqual([])
  })

  it('is another database', () => {
    expect(told(compare({ target: { ...target, database: 'shop_copy' } }))).toEqual([
      'The plan was made for the database shop, and this is the database shop_copy.',
    ])
  })

  it('can not be told where only one of two roles may ask who the server is, and what to grant is said', () => {
    expect(compare({ target: unknown })).toMatchObject([
      { field: 'target.server', message: expect.stringContaining('grant that to both roles') },
    ])
    expect(compare({ target: { ...unknown, port: 6543 } }, { target: unknown })).toMatchObject([
      { expected: 'db.example.com:5432', present: 'db.example.com:6543' },
    ])
  })
})

describe('a difference in the rules', () => {
  it('is each setting by its name, with both values', () => {
    const differences = compare({
      config: {
        environment: { name: 'staging', class: 'staging', requireApproval: false, urlVariable: 'X' },
        transaction: 'all',
        allowOutOfOrder: true,
        to: '04',
        judging: aJudging({
          force: true,
          levels: new Map([['drop-table', 'warn']]),
          excludes: new Map([['drop-column', ['a*']]]),
        }),
      },
      approval: undefined,
      migrations: [aRunnable({ name: '03_orders.sql' }, 'transaction', ['truncate', 'drop-table']), index],
    })
    expect(differences.map(({ field, expected, present }) => [field, expected, present])).toEqual([
      ['policy.environment', 'production', 'staging'],
      ['policy.class', 'production', 'staging'],
      ['policy.approval.kind', 'github-environment', 'none'],
      ['policy.approval.github-environment', 'production', undefined],
      ['policy.approval.self-approval', 'refused', undefined],
      ['policy.approval.rerun', 'continue', undefined],
      ['policy.transaction', 'file', 'all'],
      ['policy.outOfOrder', 'false', 'true'],
      ['policy.force', 'false', 'true'],
      ['policy.to', undefined, '4'],
      ['policy.forced.03', undefined, 'drop-table, truncate'],
      ['policy.rules.drop-table', undefined, 'warn'],
      ['policy.excluded.drop-column', undefined, '["a*"]'],
    ])
    expect(told(differences).slice(7, 10)).toEqual([
      'The input allow-out-of-order was false when the plan was made, and is true now.',
      'Forcing (FORCE_RUN) was false when the plan was made, and is true now.',
      'The input to was not set when the plan was made, and is 4 now.',
    ])
  })
})

describe('any plan and any other', () => {
  it('have one hash where nothing is said to differ, and only there', () => {
    fc.assert(
      fc.property(anyPlan, anyPlan, (one, other) => {
        const [expected, present] = [makePlanDocument(one), makePlanDocument(other)]
        expect(comparePlans(expected, present).length === 0).toBe(expected.hash === present.hash)
        expect(comparePlans(expected, expected)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('differ by one hash and one named field where one thing is changed', () => {
    fc.assert(
      fc.property(anyPlan, fc.constantFrom(...CHANGES), fc.nat(), (one, [field, change], at) => {
        const other = change(one, at)
        if (other === undefined) return
        const [expected, present] = [makePlanDocument(one), makePlanDocument(other)]
        expect(present.hash).not.toBe(expected.hash)
        const fields = comparePlans(expected, present).map((difference) => difference.field)
        expect([...new Set(fields)]).toEqual([field])
      }),
      { numRuns: 2_000 },
    )
  })
})
