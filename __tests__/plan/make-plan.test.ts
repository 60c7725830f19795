import { describe, expect, it } from '@jest/globals'
import type { AppliedRecord, RecordStatus } from '../../src/model/history.js'
import { UserError } from '../../src/model/user-error.js'
import { makePlan } from '../../src/plan/make-plan.js'
import { aMigration, anAppliedRecord } from '../support/builders.js'

const files = ['01_a.sql', '02_b.sql', '03_c.sql', '04_d.sql'].map((name) => aMigration({ name, text: name }))
const applied = (...names: string[]): AppliedRecord[] => names.map((name) => anAppliedRecord({ name }))
const plan = (
  records: readonly AppliedRecord[],
  config: Partial<Parameters<typeof makePlan>[2]> = {},
  all = files,
) => {
  const planned = makePlan(all, records, { allowOutOfOrder: false, ...config })
  return {
    ...planned,
    names: planned.plan.migrations.map(({ file }) => file.name),
    deferred: planned.plan.deferred.map(({ file }) => file.name),
  }
}

describe('a plan', () => {
  it('holds what is pending, in order', () => {
    const { names, deferred, findings, refusals } = plan(applied('01_a.sql', '02_b.sql'))
    expect(names).toEqual(['03_c.sql', '04_d.sql'])
    expect([deferred, findings, refusals]).toEqual([[], [], []])
  })

  it('is empty where all is applied, however its version is spelled', () => {
    const records = applied('01_a.sql', '02_b.sql', '03_c.sql', '04_d.sql').map((record) => ({
      ...record,
      version: String(Number(record.version)),
    }))
    expect(plan(records)).toMatchObject({ names: [], deferred: [], findings: [] })
  })

  it('holds again what failed or was rolled back', () => {
    for (const status of ['failed', 'rolled_back', 'pending'] as RecordStatus[]) {
      expect(plan([anAppliedRecord({ name: '01_a.sql', status })])).toMatchObject({
        names: files.map(({ name }) => name),
        findings: [],
      })
    }
  })

  it('is stopped by a row that was left half done and is not part of the run', () => {
    for (const status of ['running', 'partial', 'unknown'] as RecordStatus[]) {
      const half = anAppliedRecord({ name: '02_b.sql', status })
      expect(plan([half]).findings).toEqual([])
      expect(plan([half], { to: '01' }).findings).toMatchObject([
        {
          rule: 'unfinished-migration',
          severity: 'error',
          message: expect.stringContaining(
            `Migration 02 (02_b.sql) is recorded as ${status} and is not part`,
          ),
        },
      ])
    }
    expect(plan([anAppliedRecord({ name: '09_gone.sql', status: 'running' })]).findings).toHaveLength(1)
    const errorMessage = 'key is duplicated; it left the INVALID index ix'
    const [told] = plan([anAppliedRecord({ name: '09_gone.sql', status: 'partial', errorMessage })]).findings
    expect(told?.message).toContain(`was cut off in it. Its row says: ${errorMessage}.`)
  })
})

describe('out of order', () => {
  it('is what sorts before something applied: an error on its file', () => {
    const { names, findings, plan: made } = plan(applied('01_a.sql', '03_c.sql'))
    expect(names).toEqual(['02_b.sql', '04_d.sql'])
    expect(made.migrations.map(({ outOfOrder }) => outOfOrder)).toEqual([true, false])
    expect(findings).toMatchObject([{ rule: 'out-of-order', severity: 'error', file: 'migrations/02_b.sql' }])
  })

  it('is what sorts before something of which a part is done', () => {
    for (const status of ['running', 'partial', 'unknown'] as RecordStatus[]) {
      const half = anAppliedRecord({ name: '03_c.sql', status, statementsDone: 1 })
      expect(plan([...applied('01_a.sql'), half]).findings).toMatchObject([
        { rule: 'out-of-order', file: 'migrations/02_b.sql' },
      ])
      expect(plan([...applied('01_a.sql'), { ...half, statementsDone: 0 }]).findings).toEqual([])
      expect(plan([...applied('01_a.sql', '02_b.sql'), half]).findings).toEqual([])
    }
  })

  it('is allowed in words, and still marked', () => {
    const { findings, plan: made } = plan(applied('03_c.sql'), { allowOutOfOrder: true })
    expect(findings).toEqual([])
    expect(made.migrations.map(({ outOfOrder }) => outOfOrder)).toEqual([true, true, false])
  })

  it('is measured in the order of application, not of versions', () => {
    const dependent = [files[1], files[0]].flatMap((file) => file ?? [])
    expect(plan(applied('02_b.sql'), {}, dependent).findings).toEqual([])
    expect(plan(applied('01_a.sql'), {}, dependent).findings).toMatchObject([{ file: 'migrations/02_b.sql' }])
  })

  it('is not what a failed row sorts before', () => {
    expect(plan([anAppliedRecord({ name: '04_d.sql', status: 'failed' })]).findings).toEqual([])
  })
})

describe('to', () => {
  it('ends the plan with that version, which may be applied already', () => {
    expect(plan(applied('01_a.sql'), { to: '3' })).toMatchObject({
      names: ['02_b.sql', '03_c.sql'],
      deferred: ['04_d.sql'],
      refusals: [],
      notes: [],
    })
    expect(plan(applied('01_a.sql'), { to: '01' })).toMatchObject({
      names: [],
      deferred: ['02_b.sql', '03_c.sql', '04_d.sql'],
      notes: ['All migrations up to 01_a.sql are applied already.'],
    })
  })

  it('says nothing of what it leaves out of order', () => {
    expect(plan(applied('04_d.sql'), { to: '01' }).findings).toMatchObject([{ file: 'migrations/01_a.sql' }])
  })
})

describe('version', () => {
  it('picks that one, the first that is pending', () => {
    expect(plan(applied('01_a.sql'), { only: '2' })).toMatchObject({
      names: ['02_b.sql'],
      deferred: ['03_c.sql', '04_d.sql'],
      refusals: [],
    })
  })

  it('is refused with older ones pending, which are named, unless that is allowed', () => {
    expect(plan(applied('01_a.sql'), { only: '04' }).refusals).toMatchObject([
      {
        message: '04_d.sql would be applied before older pending migrations: 02_b.sql, 03_c.sql.',
        help: expect.stringContaining('to: 04'),
      },
    ])
    expect(plan(applied('01_a.sql'), { only: '04', allowOutOfOrder: true })).toMatchObject({
      names: ['04_d.sql'],
      refusals: [],
    })
  })

  it('leaves nothing to do where it is applied, and says so', () => {
    expect(plan(applied('01_a.sql'), { only: '01' })).toMatchObject({
      names: [],
      refusals: [],
      notes: ['01_a.sql is applied already.'],
    })
  })

  it('may be the date alone, where one file has it', () => {
    const dated = ['2026-01-20_a', '2026-01-21_b', '2026-01-21_c'].map((version) =>
      aMigration({ version, name: `${version}.sql` }),
    )
    expect(plan([], { only: '2026-01-20' }, dated).names).toEqual(['2026-01-20_a.sql'])
    expect(() => plan([], { only: '2026-01-21' }, dated)).toThrow(UserError)
    expect(() => plan([], { only: '2026-01-2' }, dated)).toThrow(UserError)
  })

  it('that no file has is the caller’s mistake, and the newest are named', () => {
    const problems = (config: Partial<Parameters<typeof makePlan>[2]>, all = files) => {
      try {
        plan([], config, all)
      } catch (error) {
        return error instanceof UserError ? error.problems : []
      }
      return []
    }
    expect(problems({ only: '05' })).toEqual([
      {
        message: 'version names 05, and no migration has that version.',
        help: 'The newest versions are: 01, 02, 03, 04.',
      },
    ])
    expect(problems({ to: '0' })[0]?.message).toBe('to names 0, and no migration has that version.')
    expect(problems({ to: '1' }, [])[0]?.help).toBe('The folder holds no migration.')
  })
})

describe('dependencies', () => {
  const needing = aMigration({ name: '03_c.sql', dependsOn: ['2', '01'] })
  const all = [...files.slice(0, 2), needing]

  it('that are pending and left out are refused by name', () => {
    expect(plan(applied('01_a.sql'), { only: '03', allowOutOfOrder: true }, all).refusals).toEqual([
      { message: '03_c.sql needs 02_b.sql, pending and not part of this run.', help: 'Apply those first.' },
    ])
  })

  it('that are applied, or part of the run, are met', () => {
    expect(plan(applied('01_a.sql', '02_b.sql'), { only: '03' }, all).refusals).toEqual([])
    expect(plan([], {}, all).refusals).toEqual([])
  })
})
