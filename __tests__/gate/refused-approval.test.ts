import { describe, expect, it } from '@jest/globals'
import { verdict } from '../programs/a-migrator.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aCheckout, told } from './a-gated-job.js'
import { aTrap } from './a-trap.js'
import { aWork, migrate, plan, STAGING, tablesIn } from './two-jobs.js'

const PROTECTED = { ...STAGING, require_approval: true }

const refusals = (database: TestDatabase) =>
  database.query<Record<string, unknown>>(
    `select * from devflow.migration_history where event = 'refused' order by seq`,
  )

describe('an approval that is missing', () => {
  it('is in the history, with who ran it, the plan and why; nothing else is changed', async () => {
    await using work = await aWork()
    await work.checkout.configure(PROTECTED)
    const hash = await plan(work)
    const report = await migrate(work, hash, 'hash', { variables: { GITHUB_ACTOR: 'mallory' } })
    expect(verdict(report)).toBe('1 refused')
    expect(report.target).toBeUndefined()
    expect(report.notes.join()).not.toContain('recorded')
    const events = await refusals(work.database)
    expect(events).toMatchObject([
      {
        executed_by: 'mallory',
        action: 'apply',
        status: 'failed',
        version: '',
        plan_hash: hash,
        run_attempt: 1,
      },
    ])
    expect(events[0]?.error_message).toContain('there is no token to ask GitHub for the approval with')
    expect(await tablesIn(work.database)).toBe('a')
    expect(await work.checkout.step('verify')).toMatchObject({ drift: [], findings: [] })
    expect(await plan(work)).toBe(hash)
  })

  it('is in the history where somebody runs it outside a job', async () => {
    await using work = await aWork()
    await work.checkout.configure(PROTECTED)
    const outside = { entry: 'cli', variables: { GITHUB_ACTIONS: undefined, CI: undefined } } as const
    expect(verdict(await work.checkout.step('migrate', outside))).toBe('1 refused')
    expect(await refusals(work.database)).toMatchObject([
      { error_message: expect.stringContaining('this does not run in a GitHub job') },
    ])
  })

  it('creates nothing to be recorded in, and says nothing of it', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, PROTECTED)
    const report = await checkout.step('migrate')
    expect(verdict(report)).toBe('1 refused')
    expect(report.notes.join()).not.toContain('recorded')
    expect(await database.query(`select to_regnamespace('devflow') as d`)).toEqual([{ d: null }])
  })

  it('is not recorded in a database that is another target than it is taken for', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, STAGING)
    await checkout.step('migrate')
    await database.query(`update devflow.target_identity set environment = 'production'`)
    await checkout.configure(PROTECTED)
    const report = await checkout.step('migrate')
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('there is no token')
    expect(report.notes).toContain(
      'That nothing was done could not be recorded: the target remembers that it is another one.',
    )
    await checkout.configure(STAGING)
    const known = await checkout.step('migrate')
    expect(told(known)).toContain('it is environment')
    expect(await refusals(database)).toEqual([])
  })

  it('is refused all the same where the database does not answer', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, PROTECTED)
    const report = await checkout.step('migrate')
    expect(verdict(report)).toBe('1 refused')
    expect(report.notes.join()).toContain('That nothing was done could not be recorded: ')
    expect(JSON.stringify(report)).not.toContain(trap.password)
  })

  it('is not recorded by a run that was asked to end', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, PROTECTED)
    await checkout.step('migrate', { system: { signal: AbortSignal.abort('SIGINT') } })
    expect(trap.connections()).toBe(0)
  })
})
