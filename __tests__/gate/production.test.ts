import { describe, expect, it } from '@jest/globals'
import { verdict } from '../programs/a-migrator.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { aRepository } from '../support/github-api/a-repository.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aCheckout, type StepOptions, told } from './a-gated-job.js'
import { aTrap } from './a-trap.js'

/** As it is where nothing is said of a rehearsal. */
const PRODUCTION = { class: 'production', rehearse: undefined }

const onTerminal: StepOptions = { entry: 'cli', variables: { GITHUB_ACTIONS: undefined } }
const confirmed: StepOptions = {
  entry: 'cli',
  variables: { GITHUB_ACTIONS: undefined, CONFIRM_PRODUCTION_MIGRATION: 'true' },
}

eachMajor('production', (major) => {
  it('is planned without the approval, rehearsed on a shadow, and applied with it', async () => {
    await using database = await aDatabase({ major })
    await using api = await aGitHubApi(aRepository())
    const settings = { ...PRODUCTION, require_approval: true, 'github-environment': 'production' }
    await using checkout = await aCheckout(database.url, settings)
    const planned = await checkout.step('plan')
    expect(planned).toMatchObject({ status: 'planned', exitCode: 0 })
    const dryRun = await checkout.step('dry-run')
    expect(dryRun).toMatchObject({ status: 'rehearsed', exitCode: 0, rehearsedOn: { kind: 'shadow' } })
    expect(dryRun.plan?.hash).toBe(planned.plan?.hash)
    expect(api.asked).toEqual([])

    const report = await checkout.step('migrate', {
      given: { 'github-token': api.token, 'expected-plan-hash': planned.plan?.hash },
      variables: { GITHUB_API_URL: api.url },
    })
    expect(told(report)).toBe('')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report).toMatchObject({ rehearsedOn: { kind: 'shadow' }, approval: { by: 'alice' }, ready: true })
    expect(report.notes.join('\n')).not.toContain('expected-plan-hash')
    // Each of its shadows is a server that is made, started and stopped.
  }, 180_000)
})

describe('production', () => {
  it('is not migrated from a command line that does not confirm it, nor connected to', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, PRODUCTION)
    const report = await checkout.step('migrate', onTerminal)
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('Set CONFIRM_PRODUCTION_MIGRATION=true')
    expect(trap.connections()).toBe(0)
  })

  it('is migrated from a command line that confirms it', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { ...PRODUCTION, rehearse: 'off' })
    expect(verdict(await checkout.step('migrate', confirmed))).toBe('0 applied: 01 applied')
  })

  it.each<[string, StepOptions]>([
    ['the variable', { variables: { CONFIRM_PRODUCTION_MIGRATION: 'true' } }],
    ['the word', { given: { confirm: 'MIGRATE-PRODUCTION' } }],
    ['both, from a command line', { ...confirmed, given: { confirm: 'MIGRATE-PRODUCTION' } }],
  ])('that asks for an approval takes no confirmation in its place: %s', async (_, options) => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { ...PRODUCTION, require_approval: true })
    const report = await checkout.step('migrate', options)
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('has require_approval: true')
    expect(report.target).toBeUndefined()
  })

  it('whose approval is a confirmation is shown and recorded as what it is', async () => {
    await using database = await aDatabase()
    const settings = { ...PRODUCTION, rehearse: 'off', require_approval: true, approval: 'confirmation' }
    await using checkout = await aCheckout(database.url, settings)
    const wrong = await checkout.step('migrate', { given: { confirm: 'yes' } })
    expect(verdict(wrong)).toBe('1 refused')
    expect(told(wrong)).toContain('The input confirm is "yes", and MIGRATE-PRODUCTION confirms')
    const report = await checkout.step('migrate', { given: { confirm: 'MIGRATE-PRODUCTION' } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.approval).toEqual({
      kind: 'confirmation',
      by: 'octocat',
      url: 'https://github.com/acme/shop/actions/runs/42',
      as: 'a confirmation by typing MIGRATE-PRODUCTION, which nobody reviewed',
    })
    expect(report.notes).toContainEqual(expect.stringContaining('No plan was named by expected-plan-hash'))
  })

  it('can be left while GitHub is asked for the approval: nothing is connected to', async () => {
    await using trap = await aTrap()
    await using api = await aGitHubApi(aRepository({ approvals: { delayMs: 60_000 } }))
    await using checkout = await aCheckout(trap.url, {
      ...PRODUCTION,
      require_approval: true,
      'github-environment': 'production',
    })
    const controller = new AbortController()
    const running = checkout.step('migrate', {
      given: { 'github-token': api.token },
      variables: { GITHUB_API_URL: api.url },
      system: { signal: controller.signal, github: {} },
    })
    await until(async () => api.asked.length > 0)
    const asked = performance.now()
    controller.abort('SIGINT')
    const report = await running
    // Otherwise it would wait for the answer for 10 s, and then ask again.
    expect(performance.now() - asked).toBeLessThan(9_000)
    expect(report).toMatchObject({ status: 'cancelled', exitCode: 130, ready: false })
    expect(trap.connections()).toBe(0)
  })

  it('is what an environment is whose name says nothing, and not what it is called by class', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: undefined })
    expect(told(await checkout.step('migrate', onTerminal))).toContain('is of class production')
    await checkout.configure({ class: 'staging' })
    const report = await checkout.step('migrate', { ...onTerminal, system: { reconnectWithinMs: 0 } })
    expect(report).toMatchObject({ status: 'failed', exitCode: 2 })
    expect(trap.connections()).toBeGreaterThan(0)
  })
})
