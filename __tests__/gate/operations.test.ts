import { describe, expect, it } from '@jest/globals'
import { aGitHubApi, type Routes } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository, aRun } from '../support/github-api/a-repository.js'
import { told } from './a-gated-job.js'
import { aWork, STAGING, tablesIn } from './two-jobs.js'

const PROTECTED = { ...STAGING, require_approval: true, 'github-environment': 'production' }

/** Of both attempts of the run. */
function routes(approvals: readonly unknown[]): Routes {
  const of = (attempt: number) =>
    aRepository({ run: aRun({ run_attempt: attempt }), approvals: { body: approvals } }, attempt)
  return { ...of(1), ...of(2) }
}

describe('rollback, where an approval is required', () => {
  it('undoes nothing without one, which is recorded as what was to be done', async () => {
    await using work = await aWork()
    await using api = await aGitHubApi(routes([]))
    await work.checkout.project.write('migrations/01_a.down.sql', 'drop table a;')
    await work.checkout.configure(PROTECTED)
    const report = await work.checkout.step('rollback', {
      given: { steps: '1', 'github-token': api.token },
      variables: { GITHUB_API_URL: api.url },
    })
    expect(report).toMatchObject({ status: 'refused', exitCode: 1, ready: false })
    expect(told(report)).toContain('was not approved for the GitHub environment production')
    expect(await tablesIn(work.database)).toBe('a')
    expect(
      await work.database.query(
        `select event, action from devflow.migration_history where event = 'refused'`,
      ),
    ).toEqual([{ event: 'refused', action: 'rollback' }])
  })

  it('is not done by a later attempt that has nothing to go on with, and is by the first', async () => {
    await using work = await aWork()
    await using api = await aGitHubApi(routes([anApproval()]))
    await work.checkout.project.write('migrations/01_a.down.sql', 'drop table a;')
    await work.checkout.configure({ ...PROTECTED, force: ['drop-table'] })
    const shown = await work.checkout.step('rollback', { given: { steps: '1', 'dry-run': 'true' } })
    const hash = shown.plan?.hash ?? ''
    const attempt = (number: string) =>
      work.checkout.step('rollback', {
        given: { steps: '1', 'github-token': api.token, 'expected-plan-hash': hash },
        variables: { GITHUB_API_URL: api.url, GITHUB_RUN_ATTEMPT: number },
      })
    const second = await attempt('2')
    expect(second.status).toBe('refused')
    expect(told(second)).toContain(`no earlier one began the plan ${hash}`)
    expect(await tablesIn(work.database)).toBe('a')

    const first = await attempt('1')
    expect([told(first), first.status]).toEqual(['', 'applied'])
    expect(await tablesIn(work.database)).toBe('')
    const { events } = await work.checkout.step('history')
    expect(events.slice(0, 2)).toMatchObject([
      { event: 'rolled-back', action: 'rollback', approver: 'alice' },
      { event: 'started', action: 'rollback', version: '', approver: 'alice', planHash: hash },
    ])
  })
})
