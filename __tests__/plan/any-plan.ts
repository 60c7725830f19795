import fc from 'fast-check'
import type { PlanFacts } from '../../src/plan/make-plan-document.js'
import { aChecksum, anAppliedRecord } from '../support/builders.js'
import { aJudging, anApprovalPolicy, aRunnable, planFacts, rowOf } from './a-plan-document.js'

const version = fc.integer({ min: 1, max: 12 }).map(String)
const text = fc.constantFrom('', 'a', 'b')

/** Plans that differ in many ways, and often in none. */
export const anyPlan: fc.Arbitrary<PlanFacts> = fc
  .record({
    versions: fc.uniqueArray(version, { maxLength: 6 }),
    applied: fc.nat({ max: 6 }),
    texts: fc.array(text, { minLength: 12, maxLength: 12 }),
    alone: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    system: fc.constantFrom('1', '2', undefined),
    database: fc.constantFrom('shop', 'copy'),
    transaction: fc.constantFrom('file', 'all', 'none'),
    allowOutOfOrder: fc.boolean(),
    force: fc.boolean(),
    to: fc.constantFrom('7', '8', undefined),
    approval: fc.constantFrom(
      undefined,
      anApprovalPolicy(),
      anApprovalPolicy({ kind: 'review' }),
      anApprovalPolicy({ kind: 'review', team: '' }),
    ),
  })
  .map((one) => {
    const { systemIdentifier: _, ...target } = planFacts().target
    const all = one.versions.map((name, at) =>
      aRunnable(
        { version: name, name: `${name}_x.sql`, text: one.texts[at] ?? '' },
        one.alone[at] ? 'no-transaction' : 'transaction',
        one.texts[at] === 'b' ? ['drop-table'] : undefined,
      ),
    )
    return planFacts({
      migrations: all.slice(one.applied),
      records: all.slice(0, one.applied).map((each) => rowOf(each)),
      target: { ...target, database: one.database, ...(one.system ? { systemIdentifier: one.system } : {}) },
      config: {
        transaction: one.transaction,
        allowOutOfOrder: one.allowOutOfOrder,
        judging: aJudging({ force: one.force }),
        ...(one.to ? { to: one.to } : {}),
      },
      approval: one.approval,
    })
  })

/** Changes one thing. @returns undefined where there is nothing to change */
export type Change = (facts: PlanFacts, at: number) => PlanFacts | undefined

const pick = <T>(list: readonly T[], at: number) => (list.length === 0 ? undefined : at % list.length)
const withConfig = (one: PlanFacts, config: Partial<PlanFacts['config']>): PlanFacts => ({
  ...one,
  config: { ...one.config, ...config },
})

/** By the hashed field that each is about. */
export const CHANGES: (readonly [string, Change])[] = [
  ['migrations', (one) => ({ ...one, migrations: [...one.migrations, aRunnable({ name: '99_new.sql' })] })],
  [
    'migrations',
    (one, at) => {
      const where = pick(
        one.migrations.filter(({ forced }) => !forced),
        at,
      )
      const gone = one.migrations.filter(({ forced }) => !forced)[where ?? 0]
      return where === undefined
        ? undefined
        : { ...one, migrations: one.migrations.filter((each) => each !== gone) }
    },
  ],
  [
    'migrations',
    (one, at) => {
      const where = pick(one.migrations, at)
      const migrations = one.migrations.map((each, index) =>
        index === where ? { ...each, file: { ...each.file, checksum: aChecksum('edited') } } : each,
      )
      return where === undefined ? undefined : { ...one, migrations }
    },
  ],
  [
    'migrations',
    (one, at) => {
      const where = pick(one.migrations, at)
      const migrations = one.migrations.map((each, index) =>
        index === where
          ? {
              ...each,
              mode: each.mode === 'transaction' ? ('no-transaction' as const) : ('transaction' as const),
            }
          : each,
      )
      return where === undefined ? undefined : { ...one, migrations }
    },
  ],
  [
    'migrations',
    (one) => (one.migrations.length < 2 ? undefined : { ...one, migrations: one.migrations.toReversed() }),
  ],
  ['applied', (one) => ({ ...one, records: [...one.records, anAppliedRecord({ name: '98_other.sql' })] })],
  [
    'applied',
    (one, at) => {
      const where = pick(one.records, at)
      return where === undefined ? undefined : { ...one, records: one.records.toSpliced(where, 1) }
    },
  ],
  [
    'applied',
    (one, at) => {
      const where = pick(one.records, at)
      const records = one.records.map((row, index) => (index === where ? { ...row, checksum: 'x' } : row))
      return where === undefined ? undefined : { ...one, records }
    },
  ],
  [
    'applied',
    (one) => {
      const [first, ...rest] = one.migrations
      if (first === undefined || first.forced) return undefined
      return { ...one, migrations: rest, records: [...one.records, rowOf(first)] }
    },
  ],
  ['target.database', (one) => ({ ...one, target: { ...one.target, database: 'other' } })],
  ['target.server', (one) => ({ ...one, target: { ...one.target, systemIdentifier: '3' } })],
  [
    'policy.transaction',
    (one) => withConfig(one, { transaction: one.config.transaction === 'all' ? 'file' : 'all' }),
  ],
  ['policy.outOfOrder', (one) => withConfig(one, { allowOutOfOrder: !one.config.allowOutOfOrder })],
  ['policy.to', (one) => withConfig(one, { to: '9' })],
  ['policy.only', (one) => withConfig(one, { only: '9' })],
  ['policy.force', (one) => withConfig(one, { judging: aJudging({ force: !one.config.judging.force }) })],
  [
    'policy.rules.drop-table',
    (one) =>
      withConfig(one, { judging: { ...one.config.judging, levels: new Map([['drop-table', 'off']]) } }),
  ],
  [
    'policy.excluded.drop-table',
    (one) => withConfig(one, { judging: { ...one.config.judging, excludes: new Map([['drop-table', []]]) } }),
  ],
  [
    'policy.environment',
    (one) => withConfig(one, { environment: { ...one.config.environment, name: 'eu' } }),
  ],
  [
    'policy.class',
    (one) => withConfig(one, { environment: { ...one.config.environment, class: 'staging' } }),
  ],
  [
    'policy.approval.team',
    (one) => (one.approval ? { ...one, approval: { ...one.approval, team: 'dba' } } : undefined),
  ],
  [
    'policy.approval.rerun',
    ({ approval, ...one }) => (approval ? { ...one, approval: { ...approval, rerun: 'accept' } } : undefined),
  ],
  [
    'policy.approval.self-approval',
    ({ approval, ...one }) =>
      approval ? { ...one, approval: { ...approval, selfApproval: 'allowed' } } : undefined,
  ],
]
