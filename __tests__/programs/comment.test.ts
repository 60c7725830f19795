import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aCheckout, type Checkout, type StepOptions } from '../gate/a-gated-job.js'
import {
  aConversation,
  type Conversation,
  type ConversationOptions,
} from '../support/github-api/a-conversation.js'
import { aGitHubApi, type GitHubApi } from '../support/github-api/a-github-api.js'
import { aComment, HEAD, OTHER_SHA, refusedAs } from '../support/github-api/a-repository.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'

interface Talk extends AsyncDisposable {
  readonly database: TestDatabase
  readonly checkout: Checkout
  readonly api: GitHubApi
  readonly conversation: Conversation
  /** A command in a job of pull request 7, which keeps its comment up to date. */
  run(command: string, options?: StepOptions): Promise<Report>
}

async function aTalk(options: ConversationOptions = {}): Promise<Talk> {
  const database = await aDatabase()
  const checkout = await aCheckout(database.url, { class: 'staging' })
  const conversation = aConversation(options)
  const api = await aGitHubApi(conversation.routes)
  return {
    database,
    checkout,
    api,
    conversation,
    run: (command, { given = {}, variables = {}, ...more } = {}) =>
      checkout.step(command, {
        given: { comment: 'update', 'github-token': api.token, ...given },
        variables: { GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: 'pull_request', ...variables },
        payload: {
          pull_request: { number: 7, head: { sha: HEAD, repo: { full_name: 'acme/shop' } } },
        },
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]()
      await checkout[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const bodies = ({ conversation }: Talk) => conversation.comments().map(({ body }) => body)

describe('a comment on the pull request', () => {
  it('tells of a plan with its hash, and of the next one in its place', async () => {
    await using talk = await aTalk({ comments: [aComment()] })
    const first = await talk.run('dry-run')
    expect(first.status).toBe('planned')
    const [others, ours, ...more] = bodies(talk)
    expect(others).toBe(aComment().body)
    expect(more).toEqual([])
    for (const words of ['01_a.sql', first.plan?.hash ?? '?', 'live', '/actions/runs/42'])
      expect(ours).toContain(words)
    for (const secret of [talk.api.token, talk.database.url, new URL(talk.database.url).password])
      expect(ours).not.toContain(secret)

    await talk.checkout.project.write('migrations/02_b.sql', 'create table b ();')
    const second = await talk.run('dry-run')
    expect(bodies(talk)).toHaveLength(2)
    expect(bodies(talk)[1]).toContain('02_b.sql')
    expect(bodies(talk)[1]).toContain(second.plan?.hash ?? '?')
    expect(bodies(talk)[1]).not.toContain(first.plan?.hash ?? '?')
  })

  it('is made anew where that is asked, and the old one goes', async () => {
    await using talk = await aTalk()
    await talk.run('plan')
    const [first] = talk.conversation.comments()
    await talk.run('plan', { given: { comment: 'recreate' } })
    const [second, ...more] = talk.conversation.comments()
    expect(more).toEqual([])
    expect(second?.id).not.toBe(first?.id)
  })

  it('of validating stands beside that of a plan', async () => {
    await using talk = await aTalk()
    await talk.run('plan')
    await talk.run('validate', { given: { environment: undefined } })
    await talk.run('validate', { given: { environment: undefined } })
    expect(bodies(talk)).toHaveLength(2)
  })

  it('tells of a run that was refused, and of one that failed', async () => {
    await using talk = await aTalk()
    await talk.checkout.configure({ class: 'staging', require_approval: true })
    expect((await talk.run('migrate', { given: { 'github-token': talk.api.token } })).status).toBe('refused')
    expect(bodies(talk)[0]).toContain('Refused on `live`. Nothing was applied')
    await talk.checkout.configure({ class: 'staging' })
    await talk.checkout.project.write('migrations/02_b.sql', 'select 1/0;')
    expect((await talk.run('migrate')).status).toBe('partial')
    expect(bodies(talk)).toHaveLength(1)
    expect(bodies(talk)[0]).toContain('division by zero')
  })

  it('says that it is out of date where the branch has moved on', async () => {
    await using talk = await aTalk({ pull: { head: { sha: OTHER_SHA } } })
    const report = await talk.run('plan')
    expect(report.exitCode).toBe(0)
    expect(bodies(talk)).toHaveLength(1)
    expect(bodies(talk)[0]).toContain('**Out of date.** This was made for commit feedfac')
  })

  it.each<[string, ConversationOptions, StepOptions, string[]]>([
    [
      'the permission is missing',
      { instead: { 'POST /issues/7/comments': refusedAs(403) } },
      {},
      ['lacks the permission pull-requests: write', 'permissions:\n  contents: read\n  pull-requests: write'],
    ],
    [
      'it is a fork’s pull request',
      {
        instead: { 'POST /issues/7/comments': refusedAs(403) },
        pull: {
          head: { sha: HEAD, repo: { full_name: 'mallory/shop' } },
          base: { repo: { full_name: 'acme/shop' } },
        },
      },
      {},
      ['the run of a fork’s pull request has a token that only reads'],
    ],
    [
      'there is no token',
      {},
      { given: { 'github-token': undefined } },
      ['there is no token to write it with'],
    ],
    [
      'GitHub is down',
      { instead: { 'GET /pulls/7': refusedAs(503) } },
      {},
      ['GitHub answered 503 each time'],
    ],
    [
      'GitHub answers nonsense',
      { instead: { 'GET /issues/7/comments': { text: '<html>' } } },
      {},
      ['can not be read'],
    ],
  ])(
    'that can not be written fails nothing, and the report says why: %s',
    async (_, options, step, words) => {
      await using talk = await aTalk(options)
      const report = await talk.run('migrate', step)
      expect(report).toMatchObject({ status: 'applied', exitCode: 0, ready: true })
      const notes = report.notes.join('\n')
      for (const said of words) expect(notes).toContain(said)
      expect(notes).not.toContain(talk.api.token)
      expect(bodies(talk)).toEqual([])
    },
  )

  it.each<[string, StepOptions]>([
    ['a push', { variables: { GITHUB_EVENT_NAME: 'push' }, payload: {} }],
    ['no job', { variables: { GITHUB_ACTIONS: undefined } }],
    ['a job that wants none', { given: { comment: 'off' } }],
  ])('is not written by %s, and nobody is asked', async (_, options) => {
    await using talk = await aTalk()
    const report = await talk.run('plan', options)
    expect(report.exitCode).toBe(0)
    expect(report.notes.join('\n')).not.toContain('comment')
    expect(talk.api.asked).toEqual([])
  })

  it('keeps no cancelled run waiting: GitHub kills it soon, and its outputs are not set yet', async () => {
    await using talk = await aTalk({ instead: { 'GET /pulls/7': { delayMs: 60_000 } } })
    const controller = new AbortController()
    const started = performance.now()
    const report = await talk.run('migrate', {
      given: { 'review-window': '10m' },
      system: {
        github: {},
        signal: controller.signal,
        observe: ({ kind }) => void (kind === 'review-window' && controller.abort('SIGTERM')),
      },
    })
    expect(report).toMatchObject({ status: 'cancelled', exitCode: 143 })
    // A minute is what GitHub takes to answer here.
    expect(performance.now() - started).toBeLessThan(30_000)
    expect(report.notes.join('\n')).toContain('the run was asked to end')
  })
})
