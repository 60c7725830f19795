import type { Route, Routes, Scripted } from './a-github-api.js'

export const SHA = '0123456789abcdef0123456789abcdef01234567'
export const HEAD = 'feedfacefeedfacefeedfacefeedfacefeedface'
export const OTHER_SHA = 'ffffffffffffffffffffffffffffffffffffffff'
export const PLAN = `v1:sha256:${'ab'.repeat(32)}`

const REPO = '/repos/acme/shop'

/** What GitHub knows of the repository acme/shop, whose run 42 is under way. Each part can be an answer of any kind. */
export interface Repository {
  readonly environment?: Route
  readonly approvals?: Route
  readonly run?: Route
  /** Of the run's attempt, where it is another answer. */
  readonly attempt?: Route
  /** Of the run's commit. */
  readonly pulls?: Route
  /** Pull request 7, asked for by its number. */
  readonly pull?: Route
  readonly comments?: Route
  readonly reviews?: Route
  /** By login. */
  readonly rights?: Readonly<Record<string, Route>>
  readonly team?: Route
  readonly members?: Readonly<Record<string, Route>>
}

const ok = (body: unknown): Scripted => ({ body })
export const refusedAs = (status: number, headers: Record<string, string> = {}): Scripted => ({
  status,
  headers,
  body: { message: status === 403 ? 'Resource not accessible by integration' : 'No' },
})

export function anAccount(login: string, type = 'User') {
  return { login, id: login.length, type }
}

export function anEnvironment(overrides: Record<string, unknown> = {}) {
  return ok({
    id: 7,
    name: 'production',
    can_admins_bypass: true,
    protection_rules: [
      { id: 1, type: 'branch_policy' },
      {
        id: 2,
        type: 'required_reviewers',
        prevent_self_review: false,
        reviewers: [
          { type: 'User', reviewer: anAccount('alice') },
          { type: 'Team', reviewer: { id: 3, name: 'DBA', slug: 'dba' } },
        ],
      },
    ],
    deployment_branch_policy: null,
    ...overrides,
  })
}

/** One review of the run, by alice, of production. */
export function anApproval(overrides: Record<string, unknown> = {}) {
  return {
    state: 'approved',
    comment: 'Looks right.',
    environments: [{ id: 7, name: 'production' }],
    user: anAccount('alice'),
    ...overrides,
  }
}

export function aRun(overrides: Record<string, unknown> = {}) {
  return ok({
    id: 42,
    run_attempt: 1,
    status: 'in_progress',
    event: 'push',
    head_sha: SHA,
    actor: anAccount('octocat'),
    triggering_actor: anAccount('octocat'),
    repository: { full_name: 'acme/shop', private: false },
    ...overrides,
  })
}

/** Pull request 7 of bob, merged as the run's commit. */
export function aPull(overrides: Record<string, unknown> = {}) {
  return {
    number: 7,
    html_url: 'https://github.com/acme/shop/pull/7',
    user: anAccount('bob'),
    head: { sha: HEAD },
    merge_commit_sha: SHA,
    merged_at: '2026-11-01T10:00:00Z',
    ...overrides,
  }
}

export function aComment(overrides: Record<string, unknown> = {}) {
  return {
    id: 100,
    user: anAccount('alice'),
    body: `approve ${PLAN}`,
    created_at: '2026-11-01T11:00:00Z',
    updated_at: '2026-11-01T11:00:00Z',
    html_url: 'https://github.com/acme/shop/pull/7#issuecomment-100',
    performed_via_github_app: null,
    ...overrides,
  }
}

export function aReview(overrides: Record<string, unknown> = {}) {
  return {
    id: 200,
    user: anAccount('alice'),
    state: 'APPROVED',
    commit_id: HEAD,
    submitted_at: '2026-11-01T09:00:00Z',
    body: 'Fine.',
    html_url: 'https://github.com/acme/shop/pull/7#pullrequestreview-200',
    ...overrides,
  }
}

/** The routes of the repository; with no overrides everything is approved in every way. */
export function aRepository(overrides: Repository = {}, attempt = 1): Routes {
  const run = overrides.run ?? aRun({ run_attempt: attempt })
  const rights = { alice: ok({ permission: 'write' }), bob: ok({ permission: 'write' }), ...overrides.rights }
  const members = { alice: ok({ state: 'active', role: 'member' }), ...overrides.members }
  const team = '/orgs/acme/teams/dba'
  return {
    [`GET ${REPO}/environments/production`]: overrides.environment ?? anEnvironment(),
    [`GET ${REPO}/actions/runs/42/approvals`]: overrides.approvals ?? ok([anApproval()]),
    [`GET ${REPO}/actions/runs/42/attempts/${attempt}`]: overrides.attempt ?? run,
    [`GET ${REPO}/actions/runs/42`]: run,
    [`GET ${REPO}/commits/${SHA}/pulls`]: overrides.pulls ?? ok([aPull()]),
    [`GET ${REPO}/pulls/7`]: overrides.pull ?? ok(aPull({ merged_at: null })),
    [`GET ${REPO}/issues/7/comments`]: overrides.comments ?? ok([aComment()]),
    [`GET ${REPO}/pulls/7/reviews`]: overrides.reviews ?? ok([aReview()]),
    [`GET ${team}`]: overrides.team ?? ok({ slug: 'dba', name: 'DBA' }),
    ...Object.fromEntries(
      Object.entries(rights).map(([login, route]) => [
        `GET ${REPO}/collaborators/${login}/permission`,
        route,
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(members).map(([login, route]) => [`GET ${team}/memberships/${login}`, route]),
    ),
  }
}
