import { describe, expect, it } from '@jest/globals'
import { aCuttingProxy } from '../programs/a-cutting-proxy.js'
import { verdict } from '../programs/a-migrator.js'
import { aGitHubApi, type Routes } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository, aRun } from '../support/github-api/a-repository.js'
import { told } from './a-gated-job.js'
import { aWork, migrate, plan, tablesIn, type Work } from './two-jobs.js'

/** The second file fails until somebody fills a table, which is no part of any plan. */
const UNTIL_READY = 'create table c (n int);\nselect 1 / count(*) from ready;'

const PROTECTED = { class: 'staging', require_approval: true, 'github-environment': 'production' }

async function aFailingWork(settings: Readonly<Record<string, unknown>> = {}): Promise<Work> {
  const work = await aWork()
  await work.database.query('create table ready (n int)')
  await work.checkout.project.write('migrations/03_c.sql', UNTIL_READY)
  await work.checkout.configure({ ...PROTECTED, ...settings })
  return work
}

/** The answers about both runs, whichever attempt of them asks. */
function bothRuns(): Routes {
  const ofRun = (id: number, attempt: number) =>
    Object.entries(aRepository({ run: aRun({ id, run_attempt: attempt }) }, attempt)).map(
      ([key, route]) => [key.replace('/runs/42', `/runs/${id}`), route] as const,
    )
  const approvals = [42, 43].map(
    (id) => [`GET /repos/acme/shop/actions/runs/${id}/approvals`, { body: [anApproval()] }] as const,
  )
  const attempts = [1, 2, 3].flatMap((attempt) => [...ofRun(42, attempt), ...ofRun(43, attempt)])
  return Object.fromEntries([...attempts, ...approvals])
}

/** What a job is given by attempt and run. */
const job = (api: { readonly url: string; readonly token: string }, attempt: number, run = 42) => ({
  given: { 'github-token': api.token },
  variables: { GITHUB_API_URL: api.url, GITHUB_RUN_ATTEMPT: String(attempt), GITHUB_RUN_ID: String(run) },
})

const ready = ({ database }: Work) => database.query('insert into ready values (1)')

describe('a plan that was applied in half', () => {
  it('is gone on with by a later attempt of its run, and by no other run', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    const hash = await plan(work)
    const first = await migrate(work, hash, 'file', job(api, 1))
    expect(verdict(first)).toBe('1 partial: 02 applied, 03 failed')
    expect(first.plan?.hash).toBe(hash)
    await ready(work)

    const stranger = await migrate(work, hash, 'file', job(api, 1, 43))
    expect(verdict(stranger)).toBe('1 refused')
    expect(told(stranger)).toContain('It was used already: under it 02 was applied, by')
    expect(told(stranger)).toContain('Only a later attempt of the run that began a plan may go on with it.')
    expect(await tablesIn(work.database)).toBe('a b ready')

    const second = await migrate(work, hash, 'file', job(api, 2))
    expect(told(second)).toBe('')
    expect(verdict(second)).toBe('0 applied: 03 applied')
    expect(second.plan?.hash).toBe(hash)
    expect(
      await work.database.query(
        `select version, plan_hash from devflow.schema_migrations where version > '01' order by version`,
      ),
    ).toEqual(['02', '03'].map((version) => ({ version, plan_hash: hash })))

    const third = await migrate(work, hash, 'file', job(api, 3))
    expect(verdict(third)).toBe('0 up-to-date')
    expect(third.ready).toBe(true)
  })

  it('is gone on with when nothing of it was applied yet, but it was begun', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    await work.checkout.project.write('migrations/02_b.sql', 'select 1 / count(*) from ready;')
    const hash = await plan(work)
    const first = await migrate(work, hash, 'hash', job(api, 1))
    expect(verdict(first)).toBe('1 failed: 02 failed, 03 not-run')
    await ready(work)
    const second = await migrate(work, hash, 'hash', job(api, 2))
    expect(told(second)).toBe('')
    expect(verdict(second)).toBe('0 applied: 02 applied, 03 applied')
  })

  it('is gone on with where the first file was cut off and left nothing, and no row of its own', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    await work.checkout.project.write('migrations/02_b.sql', 'select 1 / count(*) from ready;')
    const hash = await plan(work)
    await using proxy = await aCuttingProxy(work.database.url, 'select 1 / count(*)', '', true)
    const { given, variables } = job(api, 1)
    const first = await migrate(work, hash, 'hash', {
      given,
      variables: { ...variables, LIVE_DATABASE_URL: proxy.url },
      system: { reconnectWithinMs: 0 },
    })
    expect(verdict(first)).toBe('1 unknown: 02 unknown, 03 unknown')
    const began = `select run_attempt, approver, plan_hash from devflow.migration_history where event = 'started'`
    expect(await work.database.query(began)).toEqual([{ run_attempt: 1, approver: 'alice', plan_hash: hash }])
    await ready(work)

    const stranger = await migrate(work, hash, 'hash', job(api, 2, 43))
    expect(verdict(stranger)).toBe('1 refused')
    expect(told(stranger)).toContain(`no earlier one began the plan ${hash}`)
    const second = await migrate(work, hash, 'hash', job(api, 2))
    expect(told(second)).toBe('')
    expect(verdict(second)).toBe('0 applied: 02 applied, 03 applied')
    expect((await work.database.query(began)).map(({ run_attempt }) => run_attempt)).toEqual([1, 2])
    expect(await work.checkout.step('verify')).toMatchObject({ exitCode: 0, ready: true })
  })

  it('is gone on with where a table was locked for too long', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    await work.checkout.project.write('migrations/03_c.sql', 'alter table a add m int;')
    const hash = await plan(work)
    await work.database.query('begin; lock table a in access share mode')
    const controller = new AbortController()
    // The tries last for half a minute: whoever waits for them cancels the job.
    const options = job(api, 1)
    const first = await migrate(work, hash, 'hash', {
      given: { ...options.given, 'lock-timeout': '50ms' },
      variables: options.variables,
      system: {
        signal: controller.signal,
        observe: ({ kind }) => void (kind === 'retrying' && controller.abort('SIGINT')),
      },
    })
    expect(verdict(first)).toBe('130 cancelled: 02 applied, 03 failed')
    await work.database.query('rollback')
    const second = await migrate(work, hash, 'hash', job(api, 2))
    expect(verdict(second)).toBe('0 applied: 03 applied')
  })

  it('is refused when the file that failed was mended, which is another plan', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    const hash = await plan(work)
    await migrate(work, hash, 'file', job(api, 1))
    await work.checkout.project.write('migrations/03_c.sql', 'create table c (n int);')
    const report = await migrate(work, hash, 'file', job(api, 2))
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('This field differs: migrations. 03_c.sql was edited')
    expect(await tablesIn(work.database)).toBe('a b ready')
  })

  it('is refused when another run has applied something since', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    const hash = await plan(work)
    await migrate(work, hash, 'file', job(api, 1))
    await ready(work)
    const another = await work.checkout.step('migrate', job(api, 1, 43))
    expect(verdict(another)).toBe('0 applied: 03 applied')
    const report = await migrate(work, hash, 'file', job(api, 2))
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('03_c.sql, a part of the plan, was applied after the plan was made')
  })
})

describe('a later attempt that has nothing to go on with', () => {
  it('is refused before it connects without a plan, and before it applies with one', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork()
    const hash = await plan(work)
    await ready(work)
    const without = await work.checkout.step('migrate', job(api, 2))
    expect(verdict(without)).toBe('1 refused')
    expect(told(without)).toContain('GitHub does not tell of which attempt an approval is')
    expect(without.target).toBeUndefined()

    const withPlan = await migrate(work, hash, 'hash', job(api, 2))
    expect(verdict(withPlan)).toBe('1 refused')
    expect(told(withPlan)).toContain(`no earlier one began the plan ${hash}`)
    expect(await tablesIn(work.database)).toBe('a ready')
  })

  it('uses the approval where the configuration accepts it, and says so', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork({ 'approval-rerun': 'accept' })
    await ready(work)
    const report = await work.checkout.step('migrate', job(api, 2))
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    expect(report.notes).toContainEqual(expect.stringContaining('This is attempt 2 of the run'))
  })

  it('applies nothing where the configuration allows none, begun or not', async () => {
    await using api = await aGitHubApi(bothRuns())
    await using work = await aFailingWork({ 'approval-rerun': 'refuse' })
    const hash = await plan(work)
    const first = await migrate(work, hash, 'hash', job(api, 1))
    expect(verdict(first)).toBe('1 partial: 02 applied, 03 failed')
    await ready(work)
    const second = await migrate(work, hash, 'hash', job(api, 2))
    expect(verdict(second)).toBe('1 refused')
    expect(told(second)).toContain('approval-rerun: refuse')
    expect(second.target).toBeUndefined()
  })
})
