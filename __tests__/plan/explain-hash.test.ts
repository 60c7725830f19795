import { describe, expect, it } from '@jest/globals'
import { explainHash } from '../../src/plan/explain-hash.js'
import { makePlanDocument } from '../../src/plan/make-plan-document.js'
import { anAppliedRecord } from '../support/builders.js'
import { cpuMs } from '../support/cpu-ms.js'
import { aJudging, aPlanDocument, aRunnable, planFacts, rowOf } from './a-plan-document.js'

const nothing = { records: planFacts().records, files: [] }

describe('what a hash alone tells', () => {
  it.each([
    ['policy.transaction', { config: { transaction: 'all' as const } }],
    ['policy.outOfOrder', { config: { allowOutOfOrder: true } }],
    ['policy.force', { config: { judging: aJudging({ force: true }) } }],
    ['policy.to', { config: { to: '04' } }],
    ['policy.only', { config: { only: '04' } }],
  ])('is a setting that is not as it was: %s', (field, now) => {
    const [difference, ...others] = explainHash(aPlanDocument().hash, aPlanDocument(now), nothing)
    expect([difference?.field, others]).toEqual([field, []])
  })

  it('is that something is forced now that was not', () => {
    const migrations = [aRunnable({}, 'transaction', ['drop-table'])]
    const now = aPlanDocument({ migrations, config: { judging: aJudging({ force: true }) } })
    const before = aPlanDocument({ migrations: [aRunnable()] })
    expect(explainHash(before.hash, now, nothing).map(({ field }) => field)).toEqual([
      'policy.force',
      'policy.forced.03',
    ])
  })

  it('is that a file would be run in another way', () => {
    const now = aPlanDocument({ migrations: [aRunnable({}, 'no-transaction')] })
    const { hash } = aPlanDocument({ migrations: [aRunnable()] })
    expect(explainHash(hash, now, nothing)).toMatchObject([{ kind: 'transaction-mode', version: '03' }])
  })

  it('is which of many migrations were applied since, those that lie in between included', () => {
    const all = Array.from({ length: 40 }, (_, at) => aRunnable({ name: `${at + 100}_x.sql` }))
    const rows = all.map((each, at) =>
      rowOf(each, { appliedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() }),
    )
    const files = all.map(({ file }) => file)
    const before = makePlanDocument(planFacts({ migrations: all.slice(7), records: rows.slice(0, 7) }))
    const records = rows.slice(0, 30).toReversed()
    const now = makePlanDocument(planFacts({ migrations: all.slice(30), records }))
    const differences = explainHash(before.hash, now, { records, files })
    expect(differences.map(({ kind, version }) => [kind, version])).toEqual(
      rows.slice(7, 30).map(({ version }) => ['applied-since', version]),
    )
  })

  it('is nothing where nothing leads back to it, and that is found out in bounded time', () => {
    const records = Array.from({ length: 20_000 }, (_, at) => anAppliedRecord({ version: String(at) }))
    const migrations = Array.from({ length: 2_000 }, (_, at) => aRunnable({ name: `${at + 30_000}_x.sql` }))
    const now = aPlanDocument({ records, migrations })
    const files = migrations.map(({ file }) => file)
    const began = cpuMs()
    expect(explainHash(`v1:sha256:${'0'.repeat(64)}`, now, { records, files })).toEqual([])
    expect(cpuMs() - began).toBeLessThan(10_000)
  })
})
