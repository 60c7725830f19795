import { describe, expect, it } from '@jest/globals'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { aRepository } from '../support/github-api/a-repository.js'
import { aCheckout, type StepOptions, told } from './a-gated-job.js'
import { aTrap } from './a-trap.js'

const CONNECTING = ['status', 'plan', 'dry-run', 'migrate', 'history', 'verify']

const of = (repository: string | null) => ({
  pull_request: { number: 7, head: { repo: repository === null ? null : { full_name: repository } } },
})
const startedBy = (event: string, repository: string) => ({
  workflow_run: { event, head_repository: { full_name: repository } },
})

/** Events that bring, or may bring, a stranger's code, with the words that say so. */
const STRANGERS: readonly (readonly [event: string, payload: unknown, words: string])[] = [
  ['pull_request_target', of('acme/shop'), 'pull_request_target gives the code of any pull request'],
  ['pull_request', of('mallory/shop'), 'brings code from mallory/shop, a fork of acme/shop'],
  ['pull_request', of(null), 'does not tell which repository its code is from'],
  ['pull_request', {}, 'does not tell which repository its code is from'],
  ['pull_request_review', of('mallory/shop'), 'a fork of acme/shop'],
  ['issue_comment', { issue: {} }, 'can be started by anybody'],
  ['workflow_run', startedBy('pull_request', 'mallory/shop'), 'a fork of acme/shop'],
  ['workflow_run', startedBy('pull_request_target', 'acme/shop'), 'pull_request_target'],
  ['watch', {}, 'The event "watch" is not known'],
  ['', {}, 'No event is named'],
  ['push ', {}, 'is not known'],
]

const inEvent = (event: string, payload: unknown, given: StepOptions['given'] = {}): StepOptions => ({
  variables: { GITHUB_EVENT_NAME: event === '' ? undefined : event },
  payload,
  given,
})

describe('an event that may bring the code of a stranger', () => {
  it.each(STRANGERS)('opens no connection: %s %j', async (event, payload, words) => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: 'staging' })
    for (const command of CONNECTING) {
      const report = await checkout.step(command, inEvent(event, payload))
      expect(report).toMatchObject({ command, status: 'refused', exitCode: 1, ready: false })
      expect(told(report)).toContain(words)
      expect(told(report)).toContain('declare it ephemeral')
    }
    expect(trap.connections()).toBe(0)
  })

  it('opens none for an approval either, which is not even asked for', async () => {
    await using trap = await aTrap()
    await using api = await aGitHubApi(aRepository())
    await using checkout = await aCheckout(trap.url, { require_approval: true })
    const options = inEvent('pull_request_target', of('acme/shop'), { 'github-token': api.token })
    const report = await checkout.step('migrate', {
      ...options,
      variables: { ...options.variables, GITHUB_API_URL: api.url },
    })
    expect(report.status).toBe('refused')
    expect(api.asked).toEqual([])
    expect(trap.connections()).toBe(0)
  })

  it('may validate, which needs no connection', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: 'staging' })
    const report = await checkout.step('validate', inEvent('pull_request_target', of('mallory/shop')))
    expect(report).toMatchObject({ status: 'valid', exitCode: 0 })
    expect(trap.connections()).toBe(0)
  })

  it('opens none where the file of a stranger’s checkout says that the database is thrown away', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: 'staging', ephemeral: true })
    const report = await checkout.step('migrate', inEvent('pull_request_target', of('mallory/shop')))
    expect(told(report)).toContain('the configuration file of this checkout may be the stranger’s')
    expect(trap.connections()).toBe(0)
  })
})

describe('an event that may connect', () => {
  it.each<[string, StepOptions, { ephemeral?: boolean }]>([
    ['a push', inEvent('push', {}), {}],
    ['a pull request of the repository itself', inEvent('pull_request', of('Acme/Shop')), {}],
    ['a run of the repository itself', inEvent('workflow_run', startedBy('push', 'acme/shop')), {}],
    [
      'a fork, to a database that the file throws away',
      inEvent('pull_request', of('mallory/shop')),
      { ephemeral: true },
    ],
    [
      'a target event, to a database that the workflow throws away',
      inEvent('pull_request_target', of('mallory/shop'), { ephemeral: 'true' }),
      {},
    ],
    ['no job at all', { ...inEvent('', {}), variables: { GITHUB_ACTIONS: undefined } }, {}],
  ])('is %s', async (_, options, settings) => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: 'staging', ...settings })
    const report = await checkout.step('status', { ...options, system: { reconnectWithinMs: 0 } })
    expect(report).toMatchObject({ status: 'failed', exitCode: 2 })
    expect(trap.connections()).toBeGreaterThan(0)
  })

  it('may not where the workflow says that it is not thrown away, whatever the file says', async () => {
    await using trap = await aTrap()
    await using checkout = await aCheckout(trap.url, { class: 'staging', ephemeral: true })
    const report = await checkout.step(
      'status',
      inEvent('pull_request', of('mallory/shop'), { ephemeral: 'false' }),
    )
    expect(report.status).toBe('refused')
    expect(trap.connections()).toBe(0)
  })
})
