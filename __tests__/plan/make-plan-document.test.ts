import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppliedRecord, RecordStatus } from '../../src/model/history.js'
import type { ApprovalPolicy } from '../../src/model/permission.js'
import { anAppliedRecord } from '../support/builders.js'
import { aJudging, anApprovalPolicy, aPlanDocument, aRunnable, planFacts } from './a-plan-document.js'

const { hash } = aPlanDocument()

describe('the hash of a plan', () => {
  it('has its form', () => {
    expect(hash).toMatch(/^v1:sha256:[0-9a-f]{64}$/)
  })

  it('is not touched by what was not applied, nor by the tables that hold it', () => {
    const { records } = planFacts()
    const others: RecordStatus[] = ['pending', 'running', 'failed', 'partial', 'unknown', 'rolled_back']
    for (const status of others) {
      const more = [...records, anAppliedRecord({ name: '03_orders.sql', status, planHash: hash })]
      expect(aPlanDocument({ records: more }).hash).toBe(hash)
    }
  })

  it('is not touched by the order of rows, nor by what they tell besides version and checksum', () => {
    const rows = ['01', '02', '10', '9', 'é', 'Z', '😀', '\uffff'].map((version) =>
      anAppliedRecord({ version, name: `${version}_x.sql` }),
    )
    const expected = aPlanDocument({ records: rows }).hash
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.string(),
        fc.option(fc.nat()),
        (shuffled, text, ms) => {
          const told: Partial<AppliedRecord> = {
            ...{ name: text, appliedAt: text, appliedBy: text, executionTimeMs: ms, ours: ms === null },
            ...{ planHash: text, runUrl: text },
          }
          const records = shuffled.map((row) => ({ ...row, ...told }))
          expect(aPlanDocument({ records }).hash).toBe(expected)
        },
      ),
    )
  })

  it('is not touched by who plans it, when, with which version, at which commit, from where', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.nat(), (actor, toolVersion, host, port) => {
        const { target } = planFacts()
        const run = { actor, toolVersion, commitSha: host }
        const other = aPlanDocument({ plannedAt: actor, target: { ...target, host, port }, config: { run } })
        expect(other.hash).toBe(hash)
      }),
    )
  })

  it('is not touched by names, paths and folders of the files', () => {
    const { migrations } = planFacts()
    const moved = migrations.map((one) => ({ ...one, file: { ...one.file, name: 'x', path: 'y/x' } }))
    expect(aPlanDocument({ migrations: moved }).hash).toBe(hash)
  })

  it('is not touched by how what the configuration says is ordered or spelled', () => {
    const hashed = (turn: <T>(list: T[]) => T[]) =>
      aPlanDocument({
        migrations: [aRunnable({}, 'transaction', turn(['a-rule', 'b-rule']))],
        config: {
          to: turn(['09', '9'])[0] ?? '',
          only: turn(['1', '01'])[0] ?? '',
          judging: aJudging({
            levels: new Map(turn([['drop-table', 'warn'] as const, ['drop-column', 'block'] as const])),
            excludes: new Map([['drop-table', turn(['a/**', 'b/**'])]]),
          }),
        },
      }).hash
    expect(hashed((list) => list)).toBe(hashed((list) => list.toReversed()))
  })

  it('binds to host and port only where the role may not ask for the system identifier', () => {
    const { target } = planFacts()
    const { systemIdentifier: _, ...unknown } = target
    const document = aPlanDocument({ target: { ...unknown, host: 'DB.example.com' } })
    expect(document.plan.target).toEqual({ database: 'shop', host: 'db.example.com', port: '5432' })
    expect(document.hash).toBe(aPlanDocument({ target: unknown }).hash)
    const others = [
      { ...unknown, port: 5433 },
      { ...unknown, host: 'b' },
      { ...unknown, database: 'b' },
      target,
    ]
    const hashes = others.map((other) => aPlanDocument({ target: other }).hash)
    expect(new Set([document.hash, ...hashes]).size).toBe(5)
  })
})

describe('the approval in a plan', () => {
  const approvalOf = (approval: ApprovalPolicy | undefined) =>
    aPlanDocument({ approval }).plan.policy.approval

  it('is by the names of the configuration, and says so where none is asked for', () => {
    expect(approvalOf(undefined)).toEqual({ kind: 'none' })
    expect(approvalOf(anApprovalPolicy())).toEqual({
      kind: 'github-environment',
      'github-environment': 'production',
      'self-approval': 'refused',
      rerun: 'continue',
    })
  })

  it('does not name a GitHub environment whose reviewers are not asked', () => {
    expect(approvalOf(anApprovalPolicy({ kind: 'review', team: 'dba' }))).toEqual({
      kind: 'review',
      'self-approval': 'refused',
      rerun: 'continue',
      team: 'dba',
    })
  })
})

describe('a plan document', () => {
  it('holds what people want to know, beside what is hashed', () => {
    expect(aPlanDocument()).toMatchObject({
      hash,
      applied: [
        { version: '01', name: '01_users.sql' },
        { version: '02', name: '02_books.sql' },
      ],
      about: {
        plannedAt: '2026-01-21T17:00:00.000Z',
        plannedBy: 'octocat',
        names: [
          { version: '03', name: '03_orders.sql' },
          { version: '04', name: '04_index.sql' },
        ],
      },
    })
  })
})
