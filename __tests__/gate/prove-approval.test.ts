import { describe, expect, it } from '@jest/globals'
import type { Asked } from '../../src/gate/asked.js'
import { makeJob } from '../../src/gate/make-job.js'
import { proveApproval } from '../../src/gate/prove-approval.js'
import { isRefusal } from '../../src/gate/refuse.js'
import { tellRefusal } from '../../src/gate/tell-refusal.js'
import { makeApprovalSource } from '../../src/github/approvals/make-approval-source.js'
import { makeRest } from '../../src/github/rest.js'
import type { Permission, Refusal } from '../../src/model/permission.js'
import { aGitHubApi, type GitHubApi } from '../support/github-api/a-github-api.js'
import { aRepository, PLAN, SHA } from '../support/github-api/a-repository.js'
import { SITUATIONS, type Situation } from '../support/github-api/situations.js'
import { PATIENT } from './a-gated-job.js'

const VARIABLES = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: SHA,
}

function askedIn({ kind, policy, asked, variables, payload }: Situation): Asked {
  const job = makeJob({ ...VARIABLES, ...variables }, payload)
  return {
    environment: 'live',
    policy: {
      kind,
      githubEnvironment: 'production',
      selfApproval: 'allowed',
      rerun: 'continue',
      ...(kind === 'review' ? { team: 'dba' } : {}),
      ...policy,
    },
    entry: 'action',
    actor: 'octocat',
    confirmation: { byVariable: false },
    ...(job ? { job } : {}),
    ...(kind === 'comment' ? { planHash: PLAN } : {}),
    ...asked,
  }
}

async function prove(situation: Situation, api: GitHubApi): Promise<Permission | Refusal> {
  const asked = askedIn(situation)
  const token = situation.token === 'wrong' ? 'ghs_expired' : api.token
  const { timeoutMs = PATIENT.timeoutMs } = situation
  const rest = makeRest({ apiUrl: api.url, token, variables: {}, ...PATIENT, timeoutMs })
  const source = situation.token === 'none' || !asked.job ? undefined : makeApprovalSource(rest, asked.job)
  return proveApproval(asked, source)
}

describe('an approval', () => {
  it.each(SITUATIONS.map((one) => [one.kind, one.name, one] as const))(
    'by %s: %s',
    async (_, __, situation) => {
      const attempt = Number(situation.variables?.GITHUB_RUN_ATTEMPT ?? 1)
      await using api = await aGitHubApi(aRepository(situation.repository, attempt))
      const answer = await prove(situation, api)
      const { becomes } = situation
      if ('by' in becomes) {
        expect(answer).toMatchObject({ approval: { kind: situation.kind, by: becomes.by } })
        expect((answer as Permission).notes).toHaveLength(becomes.notes ?? 0)
        return
      }
      expect(answer).toMatchObject({ reason: becomes.reason })
      const { message, help, lines } = tellRefusal(answer as Refusal)
      const told = `${message}\n${help}\n${lines ?? ''}`
      for (const words of becomes.words) expect(told).toContain(words)
      expect(told).not.toContain(api.token)
    },
  )

  it('is tried in enough situations', () => {
    expect(SITUATIONS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(SITUATIONS.map(({ kind, name }) => kind + name)).size).toBe(SITUATIONS.length)
  })

  it('tells who gave it, where and with which words', async () => {
    await using api = await aGitHubApi(aRepository())
    const [first, second, third] = await Promise.all(
      (['github-environment', 'comment', 'review'] as const).map((kind) =>
        prove({ kind, name: '', becomes: { by: 'alice' } }, api),
      ),
    )
    expect(first).toEqual({
      approval: {
        kind: 'github-environment',
        by: 'alice',
        comment: 'Looks right.',
        url: 'https://github.com/acme/shop/actions/runs/42',
        as: 'a required reviewer of the GitHub environment production',
      },
      notes: [],
    })
    expect(second).toMatchObject({ approval: { at: '2026-11-01T11:00:00Z', comment: `approve ${PLAN}` } })
    expect(third).toMatchObject({ approval: { at: '2026-11-01T09:00:00Z', comment: 'Fine.' } })
  })

  it('of a later attempt holds only for a plan that is gone on with', async () => {
    await using api = await aGitHubApi(aRepository({}, 2))
    const answer = await prove(
      {
        kind: 'github-environment',
        name: '',
        variables: { GITHUB_RUN_ATTEMPT: '2' },
        asked: { planHash: PLAN },
        becomes: { by: 'alice' },
      },
      api,
    )
    expect(answer).toMatchObject({ approval: { by: 'alice' }, onlyContinuing: PLAN })
  })

  it('is never there where nothing answers', async () => {
    const api = await aGitHubApi({})
    await api[Symbol.asyncDispose]()
    for (const kind of ['github-environment', 'comment', 'review'] as const) {
      const answer = await prove({ kind, name: '', becomes: { by: '' } }, api)
      expect(isRefusal(answer) && answer.reason).toBe('unreachable')
      expect(isRefusal(answer) && answer.message).toContain('the connection was refused')
    }
  })
})
