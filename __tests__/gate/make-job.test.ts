import { describe, expect, it } from '@jest/globals'
import { makeJob } from '../../src/gate/make-job.js'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const variables = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'alice',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_SHA: SHA,
}

describe('the job', () => {
  it('is what the runner’s variables tell', () => {
    expect(makeJob(variables, {})).toEqual({
      repository: 'acme/shop',
      runId: '42',
      attempt: 3,
      runUrl: 'https://github.com/acme/shop/actions/runs/42',
      actors: ['octocat', 'alice'],
      event: 'push',
      sha: SHA,
      offersReviewers: false,
    })
  })

  it.each([
    { GITHUB_ACTIONS: undefined },
    { GITHUB_REPOSITORY: '' },
    { GITHUB_REPOSITORY: 'acme/shop/../other' },
    { GITHUB_RUN_ID: '42/../41' },
    { GITHUB_RUN_ID: '0' },
    { GITHUB_RUN_ATTEMPT: undefined },
    { GITHUB_RUN_ATTEMPT: '0' },
    { GITHUB_RUN_ATTEMPT: '1e0' },
  ])('is none with %j', (overrides) => {
    expect(makeJob({ ...variables, ...overrides }, {})).toBeUndefined()
  })

  it('has the pull request that started it, with its commit', () => {
    const payload = { pull_request: { number: 7, head: { sha: SHA } } }
    expect(makeJob(variables, payload)?.pullRequest).toEqual({ number: 7, headSha: SHA })
  })

  it.each([
    undefined,
    null,
    'text',
    { pull_request: null },
    { pull_request: { number: '7', head: { sha: SHA } } },
    { pull_request: { number: 7, head: null } },
    { pull_request: { number: 7, head: { sha: 'main' } } },
  ])('has no pull request where the event is %j', (payload) => {
    expect(makeJob(variables, payload)?.pullRequest).toBeUndefined()
  })

  it('leaves out a commit that is none', () => {
    expect(makeJob({ ...variables, GITHUB_SHA: 'main' }, {})?.sha).toBeUndefined()
  })

  it.each([
    [{ repository: { private: true, visibility: 'private' } }, {}, false],
    [{ repository: { private: false } }, {}, true],
    [{ repository: { private: true, visibility: 'internal' } }, {}, true],
    [{ repository: { private: true }, enterprise: { slug: 'acme' } }, {}, true],
    [{ repository: { private: true } }, { GITHUB_SERVER_URL: 'https://ghe.acme.example' }, true],
    [{}, { GITHUB_SERVER_URL: 'nonsense' }, false],
    [null, {}, false],
  ])('knows from %j and %j whether required reviewers are offered: %s', (payload, overrides, offered) => {
    expect(makeJob({ ...variables, ...overrides }, payload)?.offersReviewers).toBe(offered)
  })
})
