import { describe, expect, it } from '@jest/globals'
import { aCountingProxy } from '../programs/a-counting-proxy.js'
import { verdict } from '../programs/a-migrator.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { anApproval, aRepository, SHA } from '../support/github-api/a-repository.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aCheckout, told } from './a-gated-job.js'
import { aWork, migrate, plan, STAGING } from './two-jobs.js'

const PROTECTED = { ...STAGING, require_approval: true, 'github-environment': 'production' }

const eventsOf = (database: TestDatabase, event: string) =>
  database.query<Record<string, unknown>>(
    'select * from devflow.migration_history where event = $1 order by seq',
    [event],
  )

describe('the history of a gated run', () => {
  it('holds who approved it and with which words, the plan, the run, the attempt, the commit and who ran it', async () => {
    await using work = await aWork()
    const comment = 'Reviewed with the team.'
    await using api = await aGitHubApi(aRepository({ approvals: { body: [anApproval({ comment })] } }))
    await work.checkout.configure(PROTECTED)
    const hash = await plan(work)
    const report = await migrate(work, hash, 'hash', {
      given: { 'github-token': api.token },
      variables: { GITHUB_API_URL: api.url },
    })
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    const [, second, third] = await eventsOf(work.database, 'applied')
    for (const event of [second, third])
      expect(event).toMatchObject({
        approver: 'alice',
        approval_kind: 'github-environment',
        approval_comment: comment,
        plan_hash: hash,
        run_url: 'https://github.com/acme/shop/actions/runs/42',
        run_attempt: 1,
        commit_sha: SHA,
        executed_by: 'octocat',
        environment: 'live',
      })
    const { events } = await work.checkout.step('history')
    expect(events.find(({ version }) => version === '03')).toMatchObject({
      approver: 'alice',
      planHash: hash,
    })
  })

  it('holds that an approved run begins, once, without a turn more on the wire', async () => {
    await using database = await aDatabase()
    await using proxy = await aCountingProxy(database.url)
    await using checkout = await aCheckout(proxy.url, STAGING)
    const applied = async (name: string) => {
      await checkout.project.write(`migrations/${name}.sql`, `create table t${name} ();`)
      proxy.turns()
      const report = await checkout.step('migrate', { given: { confirm: 'MIGRATE-PRODUCTION' } })
      expect([told(report), report.status]).toEqual(['', 'applied'])
      return proxy.turns()
    }
    await applied('02_b')
    // The last word of a connection may come too late to be counted.
    const without = Math.max(await applied('03_c'), await applied('04_d'))
    expect(await eventsOf(database, 'started')).toEqual([])
    await checkout.configure({ ...STAGING, require_approval: true, approval: 'confirmation' })
    expect(await applied('05_e')).toBeLessThanOrEqual(without)
    expect(await eventsOf(database, 'started')).toMatchObject([
      { version: '', action: 'apply', status: 'success', approval_kind: 'confirmation', run_attempt: 1 },
    ])
    const { events } = await checkout.step('history')
    expect(events.map(({ event }) => event).slice(0, 2)).toEqual(['applied', 'started'])
  })

  it('holds no secret that an approver wrote', async () => {
    await using work = await aWork()
    const { password } = new URL(work.database.url)
    const comment = `the password is ${password}, go`
    await using api = await aGitHubApi(aRepository({ approvals: { body: [anApproval({ comment })] } }))
    await work.checkout.configure(PROTECTED)
    const report = await work.checkout.step('migrate', {
      given: { 'github-token': api.token },
      variables: { GITHUB_API_URL: api.url },
    })
    expect(report.approval?.comment).toBe('the password is ***, go')
    const [row] = await work.database.query(
      `select approval_comment from devflow.migration_history where version = '02'`,
    )
    expect(row).toEqual({ approval_comment: 'the password is ***, go' })
  })

  it('holds what was refused, and why; the plan that was approved is none the worse for it', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    await work.checkout.project.write('migrations/04_d.sql', 'create table d ();')
    const refused = await migrate(work, hash, 'file', { variables: { GITHUB_ACTOR: 'mallory' } })
    expect(verdict(refused)).toBe('1 refused')
    const [event, ...more] = await eventsOf(work.database, 'refused')
    expect(more).toEqual([])
    expect(event).toMatchObject({ executed_by: 'mallory', status: 'failed', environment: 'live' })
    expect(event?.error_message).toContain('04_d.sql is pending, and is not part of the plan')

    await work.checkout.project.remove('migrations/04_d.sql')
    expect(await plan(work)).toBe(hash)
    const applied = await migrate(work, hash, 'file')
    expect(told(applied)).toBe('')
    expect(verdict(applied)).toBe('0 applied: 02 applied, 03 applied')
  })

  it('holds what drift and findings stopped, before the rehearsal and after it', async () => {
    await using work = await aWork()
    const why = async () => (await eventsOf(work.database, 'refused')).at(-1)?.error_message
    await work.checkout.project.write('migrations/01_a.sql', 'create table edited ();')
    expect(verdict(await work.checkout.step('migrate'))).toBe('1 refused')
    expect(await why()).toContain('01_a.sql')
    await work.checkout.project.write('migrations/01_a.sql', 'create table a (n int);')
    await work.checkout.project.write('migrations/02_b.sql', 'drop database shop;')
    expect(verdict(await work.checkout.step('migrate'))).toBe('1 refused')
    expect(await why()).toMatch(/^migrations\/02_b\.sql: .* \(drop-database\)/)
    await work.checkout.configure({ require_approval: true, approval: 'confirmation', rehearse: 'auto' })
    await work.checkout.project.write('migrations/02_b.sql', 'create table b (n int);')
    const given = { confirm: 'MIGRATE-PRODUCTION', 'shadow-url': 'postgres://nobody@127.0.0.1:1/none' }
    expect(verdict(await work.checkout.step('migrate', { given }))).toBe('1 refused')
    expect(await why()).toContain('nothing is applied there that was not rehearsed')
    expect(await eventsOf(work.database, 'refused')).toHaveLength(3)
  })

  it('holds nothing of a plan or a dry run that was refused, which was to change nothing', async () => {
    await using work = await aWork()
    await work.checkout.project.write('migrations/01_a.sql', 'create table edited ();')
    for (const command of ['plan', 'dry-run', 'status', 'verify'])
      expect((await work.checkout.step(command)).exitCode).toBe(1)
    expect(await eventsOf(work.database, 'refused')).toEqual([])
  })

  it('is whole for verify, until somebody changes who approved', async () => {
    await using work = await aWork()
    await using api = await aGitHubApi(aRepository())
    await work.checkout.configure(PROTECTED)
    await work.checkout.step('migrate', {
      given: { 'github-token': api.token },
      variables: { GITHUB_API_URL: api.url },
    })
    const whole = await work.checkout.step('verify')
    expect(whole).toMatchObject({ exitCode: 0, ready: true })
    await work.database.query(`update devflow.migration_history set approver = 'bob' where version = '02'`)
    const forged = await work.checkout.step('verify')
    expect(forged).toMatchObject({ exitCode: 1, ready: false })
    expect(forged.findings).toContainEqual(
      expect.objectContaining({ rule: 'history-chain', severity: 'error' }),
    )
  })
})
