import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AppliedRecord } from '../../src/model/history.js'
import type { PlanCheck } from '../../src/model/plan-document.js'
import { checkPlan } from '../../src/plan/check-plan.js'
import { findContinued } from '../../src/plan/find-continued.js'
import { makePlanDocument, type PlanFacts } from '../../src/plan/make-plan-document.js'
import { refusePlan } from '../../src/plan/refuse-plan.js'
import { aPlanDocument, aRunnable, OTHER_RUN, planFacts, RUN, rowOf } from './a-plan-document.js'

type Runnable = PlanFacts['migrations'][number]

const applied = [aRunnable({ name: '01_users.sql' }), aRunnable({ name: '02_books.sql' })]
const pending = [
  aRunnable({ name: '03_orders.sql' }),
  aRunnable({ name: '04_index.sql' }, 'no-transaction'),
  aRunnable({ name: '05_drop.sql' }, 'transaction', ['drop-table']),
]
const earlier = applied.map((each) => rowOf(each))
const approved = aPlanDocument({ migrations: pending, records: earlier })

interface Now {
  /** Rows beside those of `01` and `02`. */
  readonly rows?: readonly AppliedRecord[]
  readonly folder?: readonly Runnable[]
  readonly runUrl?: string | undefined
  readonly withFile?: boolean
}

/** As a run does: reads the folder and the rows, makes the plan, and where rows are its own, the plan before them. */
function check({ rows = [], folder = [...applied, ...pending], withFile, ...others }: Now = {}): PlanCheck {
  const runUrl = 'runUrl' in others ? others.runUrl : RUN
  const records = [...earlier, ...rows]
  const files = folder.map(({ file }) => file)
  const done = new Set(records.filter(({ status }) => status === 'completed').map(({ version }) => version))
  const left = folder.filter(({ file }) => !done.has(file.version))
  const present = makePlanDocument(planFacts({ migrations: left, records }))
  const continued = findContinued(records, files, approved.hash, runUrl)
  const before =
    continued &&
    makePlanDocument(
      planFacts({
        migrations: folder.filter((one) => continued.files.includes(one.file) || left.includes(one)),
        records: continued.records,
      }),
    )
  const expected = { hash: approved.hash, ...(withFile ? { document: approved } : {}) }
  return checkPlan(expected, present, { records, files, runUrl, ...(before ? { before } : {}) })
}

const own = (one: Runnable) => rowOf(one, { planHash: approved.hash, runUrl: RUN })
const [first, second, third] = pending as [Runnable, Runnable, Runnable]
const refused = (checked: PlanCheck) =>
  checked.kind === 'different' ? refusePlan(checked).message : checked.kind

describe('an approved plan', () => {
  it('is the same where nothing has changed, failures and attempts recorded meanwhile included', () => {
    const { hash } = approved
    expect(check()).toEqual({ kind: 'same', hash })
    for (const status of ['failed', 'running', 'partial', 'unknown'] as const) {
      const row = rowOf(first, { status, planHash: hash, runUrl: OTHER_RUN })
      expect(check({ rows: [row] })).toEqual({ kind: 'same', hash })
    }
  })

  it('is gone on with by a later attempt of the run that began it', () => {
    const { hash } = approved
    expect(check({ rows: [own(first)] })).toEqual({ kind: 'continued', hash, done: ['03'] })
    expect(check({ rows: [own(first), own(second)] })).toEqual({
      kind: 'continued',
      hash,
      done: ['03', '04'],
    })
    expect(check({ rows: pending.map(own), withFile: true })).toEqual({
      kind: 'finished',
      hash,
      done: ['03', '04', '05'],
    })
  })

  it('is used once: another run, or none, may not go on with it, nor begin it again', () => {
    for (const runUrl of [OTHER_RUN, undefined]) {
      for (const rows of [[own(first)], pending.map(own)]) {
        expect(check({ rows, runUrl })).toMatchObject({ kind: 'different', used: { runUrl: RUN } })
      }
    }
    expect(refused(check({ rows: [own(first)], runUrl: OTHER_RUN, withFile: true }))).toContain(
      `It was used already: under it 03 was applied, by ${RUN}. Only a later attempt of the run that began a plan may go on with it. This field differs: applied. 03_orders.sql, a part of the plan, was applied after the plan was made`,
    )
  })

  it('is used where all of it was rolled back since, though nothing else has changed', () => {
    const rows = pending.map((one) => ({ ...own(one), status: 'rolled_back' as const }))
    expect(refused(check({ rows }))).toBe(
      `The plan ${approved.hash} can be used once. It was used already: under it 03, 04, 05 were applied, by ${RUN}. Only a later attempt of the run that began a plan may go on with it.`,
    )
  })

  it('is not gone on with where what is applied is not its beginning', () => {
    expect(check({ rows: [own(second)] })).toMatchObject({ kind: 'different' })
    expect(check({ rows: [own(third)] })).toMatchObject({ kind: 'different' })
  })

  it('is not gone on with where anything else has changed since, and that alone is named', () => {
    const edited = aRunnable({ name: '04_index.sql', text: 'edited' }, 'no-transaction')
    const fresh = aRunnable({ name: '06_new.sql' })
    const cases: [Now, string][] = [
      [
        { folder: [...applied, first, edited, third] },
        'This field differs: migrations. 04_index.sql was edited',
      ],
      [{ folder: [...applied, ...pending, fresh] }, 'This field differs: migrations. 06_new.sql is pending'],
      [
        { folder: [...applied, first, second] },
        'This field differs: migrations. 05_drop.sql is part of the plan',
      ],
      [
        { rows: [own(first), rowOf(second)] },
        'This field differs: applied. 04_index.sql, a part of the plan,',
      ],
    ]
    for (const [now, message] of cases) {
      const text = refused(check({ rows: [own(first)], withFile: true, ...now }))
      expect(text).toContain(message)
      expect(text).not.toContain('03_orders.sql')
    }
  })

  it('is not gone on with where a file that is done was edited', () => {
    const edited = aRunnable({ name: '03_orders.sql', text: 'edited' })
    expect(check({ rows: [own(first)], folder: [...applied, edited, second, third] }).kind).toBe('different')
  })

  it('may be run where, and only where, what is left of it is all that is left', () => {
    const fresh = aRunnable({ name: '06_new.sql' })
    const states = fc.constantFrom('none', 'own', 'other', 'failed')
    fc.assert(
      fc.property(fc.tuple(states, states, states), fc.boolean(), fc.boolean(), (each, isNew, withFile) => {
        const rows = each.flatMap((state, at) => {
          const one = pending[at] as Runnable
          if (state === 'none') return []
          if (state === 'failed') return [rowOf(one, { status: 'failed' })]
          return [state === 'own' ? own(one) : rowOf(one, { planHash: 'another' })]
        })
        const folder = [...applied, ...pending, ...(isNew ? [fresh] : [])]
        const { kind } = check({ rows, folder, withFile })
        const ownCount = each.findIndex((state) => state !== 'own')
        const count = ownCount < 0 ? 3 : ownCount
        const isPrefix = each.slice(count).every((state) => state === 'none' || state === 'failed')
        const allowed = count === 0 ? 'same' : count === 3 ? 'finished' : 'continued'
        expect(kind).toBe(isPrefix && !isNew ? allowed : 'different')
      }),
      { numRuns: 300 },
    )
  })
})

describe('where only the hash is known', () => {
  const fresh = aRunnable({ name: '06_new.sql' })

  it.each<[string, Now, string]>([
    ['a new file', { folder: [...applied, ...pending, fresh] }, 'migrations. 06_new.sql is pending'],
    [
      'a new file between others',
      { folder: [...applied, first, aRunnable({ name: '03a_new.sql', version: '03a' }), second, third] },
      'migrations. 03a_new.sql is pending',
    ],
    [
      'somebody else’s apply of a part',
      { rows: [rowOf(first)] },
      'applied. 03_orders.sql, a part of the plan,',
    ],
    [
      'somebody else’s apply of another file',
      { folder: [...applied, ...pending, fresh], rows: [rowOf(fresh)] },
      'applied. 06_new.sql was applied',
    ],
    [
      'an apply and a new file',
      { folder: [...applied, ...pending, fresh], rows: [rowOf(first)] },
      'applied, migrations. 03_orders.sql',
    ],
  ])('%s is named, because the hash proves it', (_, now, message) => {
    expect(refused(check(now))).toContain(message)
  })

  it('what this run did itself is not in the way of finding what others did', () => {
    expect(
      refused(check({ rows: [own(first), rowOf(second, { appliedAt: '2026-01-21T19:00:00.000Z' })] })),
    ).toContain('now. This field differs: applied. 04_index.sql, a part of the plan, was applied')
    const text = refused(check({ rows: [own(first)], folder: [...applied, ...pending, fresh] }))
    expect(text).toContain('This field differs: migrations. 06_new.sql is pending')
  })

  it('it says that it can not tell what it can not', () => {
    const edited = aRunnable({ name: '04_index.sql', text: 'edited' }, 'no-transaction')
    const checked = check({ folder: [...applied, first, edited, third] })
    expect(checked).toMatchObject({ kind: 'different', differences: [], by: 'hash' })
    expect(refused(checked)).toContain('From the hash alone it can not be told what differs.')
  })
})

describe('a refusal', () => {
  it('names ten differences and counts the others', () => {
    const folder = [
      ...applied,
      ...pending,
      ...Array.from({ length: 14 }, (_, at) => aRunnable({ name: `${at + 10}_x.sql` })),
    ]
    const text = refused(check({ folder, withFile: true }))
    expect(text.match(/is pending/g)).toHaveLength(10)
    expect(text).toMatch(/And 4 more\.$/)
  })

  it('tells the hash that was approved and the present one, and what to do', () => {
    const checked = check({ folder: [...applied, first], withFile: true })
    if (checked.kind !== 'different') throw new Error(checked.kind)
    const { message, help } = refusePlan(checked)
    expect(message).toContain(`the plan was ${approved.hash}, and is ${checked.present} now.`)
    expect(help).toBe('Nothing was applied. Make a new plan, have it approved, and give its hash.')
  })
})
