import type { Asked } from '../../../src/gate/asked.js'
import type { ApprovalKind, ApprovalPolicy, RefusalReason } from '../../../src/model/permission.js'
import {
  aComment,
  anAccount,
  anApproval,
  anEnvironment,
  aPull,
  aReview,
  aRun,
  HEAD,
  OTHER_SHA,
  PLAN,
  type Repository,
  refusedAs,
  SHA,
} from './a-repository.js'

/** One situation of a job that applies migrations where an approval is required, and what becomes of it. */
export interface Situation {
  readonly name: string
  readonly kind: ApprovalKind
  readonly repository?: Repository
  readonly policy?: Partial<ApprovalPolicy>
  readonly asked?: Partial<Pick<Asked, 'planHash' | 'confirmation' | 'entry'>>
  /** Over those of a job that a push started. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  readonly payload?: unknown
  /** Absent where the job has none; else the server's own. */
  readonly token?: 'none' | 'wrong'
  /** How long an answer is waited for; elsewhere so long that no busy machine is taken for a silent one. */
  readonly timeoutMs?: number
  readonly becomes: { readonly by: string; readonly notes?: number } | Refused
}

interface Refused {
  readonly reason: RefusalReason
  /** Of the message and the way out together. */
  readonly words: readonly string[]
}

const refused = (reason: RefusalReason, ...words: string[]): Refused => ({ reason, words })
const list = (...items: unknown[]) => ({ body: items })
const allowed = { by: 'alice' }
const rejected = anApproval({ state: 'rejected', comment: 'Not today', user: anAccount('carol') })
const later = { GITHUB_RUN_ATTEMPT: '2' }
const NO_RULES = anEnvironment({ protection_rules: [] })
const PRIVATE = { repository: { private: true, visibility: 'private' } }
const onPullRequest = (sha: string) => ({
  variables: { GITHUB_EVENT_NAME: 'pull_request' },
  payload: { pull_request: { number: 7, head: { sha, repo: { full_name: 'acme/shop' } } } },
})

const BY_ENVIRONMENT: readonly Omit<Situation, 'kind'>[] = [
  { name: 'a required reviewer approved the run', becomes: allowed },
  {
    name: 'the environment is spelled with capitals elsewhere',
    repository: { approvals: list(anApproval({ environments: [{ id: 7, name: 'Production' }] })) },
    becomes: allowed,
  },
  {
    name: 'the approval is on the second page',
    repository: {
      approvals: { pages: [[anApproval({ environments: [{ id: 1, name: 'staging' }] })], [anApproval()]] },
    },
    becomes: allowed,
  },
  {
    name: 'GitHub fails twice and then answers',
    repository: { approvals: [refusedAs(502), { cut: 'half', body: [] }, list(anApproval())] },
    becomes: allowed,
  },
  {
    name: 'GitHub asks to come back in no time',
    repository: { approvals: [refusedAs(429, { 'retry-after': '0' }), list(anApproval())] },
    becomes: allowed,
  },
  {
    name: 'nobody approved it',
    repository: { approvals: list() },
    becomes: refused(
      'not-approved',
      'was not approved for the GitHub environment production',
      'alice or team dba',
      'environment: production',
    ),
  },
  {
    name: 'an administrator started the waiting job past its rules',
    repository: { approvals: list(anApproval({ state: 'pending', comment: 'hm' })) },
    becomes: refused('not-approved', 'leaves no approval'),
  },
  {
    name: 'it was approved for another environment',
    repository: { approvals: list(anApproval({ environments: [{ id: 1, name: 'staging' }] })) },
    becomes: refused('not-approved'),
  },
  {
    name: 'the environment was deleted and made again since',
    repository: { approvals: list(anApproval({ environments: [{ id: 6, name: 'production' }] })) },
    becomes: refused('not-approved'),
  },
  {
    name: 'it was rejected',
    repository: { approvals: list(rejected) },
    becomes: refused('rejected', 'by carol', 'Not today', 'Start a new run'),
  },
  {
    name: 'it was approved and rejected',
    repository: { approvals: list(anApproval(), rejected) },
    becomes: refused('rejected', 'by carol'),
  },
  {
    name: 'an app approved it',
    repository: { approvals: list(anApproval({ user: anAccount('auto-approve[bot]', 'Bot') })) },
    becomes: refused('approved-by-bot', 'auto-approve[bot]', 'Let a person approve a new run'),
  },
  {
    name: 'the account that approved it is gone',
    repository: { approvals: list(anApproval({ user: null })) },
    becomes: refused('approved-by-bot', 'an account that is gone'),
  },
  {
    name: 'who started it approved it, and nobody minds',
    repository: { approvals: list(anApproval({ user: anAccount('octocat') })) },
    becomes: { by: 'octocat', notes: 1 },
  },
  {
    name: 'who started it approved it, and the configuration minds',
    repository: { approvals: list(anApproval({ user: anAccount('OctoCat') })) },
    policy: { selfApproval: 'refused' },
    becomes: refused('self-approved', 'nobody but OctoCat, who started it'),
  },
  {
    name: 'who started it approved it, and the environment minds',
    repository: {
      approvals: list(anApproval({ user: anAccount('octocat') })),
      environment: anEnvironment({
        protection_rules: [
          {
            type: 'required_reviewers',
            prevent_self_review: true,
            reviewers: [{ type: 'User', reviewer: anAccount('octocat') }],
          },
        ],
      }),
    },
    becomes: refused('self-approved'),
  },
  {
    name: 'who started it and somebody else approved it, and the configuration minds',
    repository: { approvals: list(anApproval({ user: anAccount('octocat') }), anApproval()) },
    policy: { selfApproval: 'refused' },
    becomes: allowed,
  },
  {
    name: 'who started this attempt approved it, and the configuration minds',
    repository: { run: aRun({ triggering_actor: anAccount('alice') }) },
    policy: { selfApproval: 'refused' },
    becomes: refused('self-approved'),
  },
  {
    name: 'the environment has no required reviewers',
    repository: { environment: NO_RULES },
    becomes: refused('no-reviewers', 'no required reviewers', 'Required reviewers'),
  },
  {
    name: 'its rule names no reviewers',
    repository: {
      environment: anEnvironment({ protection_rules: [{ type: 'required_reviewers', reviewers: [] }] }),
    },
    becomes: refused('no-reviewers'),
  },
  {
    name: 'the repository is private, on a plan without required reviewers',
    repository: { environment: NO_RULES, run: aRun({ repository: { private: true } }) },
    payload: PRIVATE,
    becomes: refused('reviewers-not-offered', 'GitHub Enterprise', 'approval: comment', 'nobody reviews'),
  },
  {
    name: 'the repository is private, and the plan has such rules',
    repository: {
      environment: anEnvironment({ protection_rules: [{ type: 'wait_timer', wait_timer: 5 }] }),
      run: aRun({ repository: { private: true } }),
    },
    payload: PRIVATE,
    becomes: refused('no-reviewers'),
  },
  {
    name: 'the repository is private, in an enterprise',
    repository: { environment: NO_RULES, run: aRun({ repository: { private: true } }) },
    payload: { ...PRIVATE, enterprise: { slug: 'acme' } },
    becomes: refused('no-reviewers'),
  },
  {
    name: 'the environment does not exist',
    repository: { environment: refusedAs(404) },
    becomes: refused(
      'environment-missing',
      'environment production does not exist in acme/shop',
      'github-environment',
    ),
  },
  {
    name: 'the environment has a name that is a way out of its address',
    policy: { githubEnvironment: '..' },
    becomes: refused('environment-missing', '.. does not exist'),
  },
  {
    name: 'there is no token, in the action',
    token: 'none',
    becomes: refused(
      'no-token',
      'permissions:\n  contents: read\n  actions: read',
      'with:\n  github-token: ${',
    ),
  },
  {
    name: 'there is no token, on the command line',
    token: 'none',
    asked: { entry: 'cli' },
    becomes: refused(
      'no-token',
      'permissions:\n  contents: read\n  actions: read',
      'env:\n  GITHUB_TOKEN: ${',
    ),
  },
  {
    name: 'the token has expired',
    token: 'wrong',
    becomes: refused('token-refused', '401', 'has not expired'),
  },
  {
    name: 'the token lacks actions: read',
    repository: {
      approvals: refusedAs(403, { 'x-accepted-github-permissions': 'actions=read' }),
      environment: refusedAs(403, { 'x-accepted-github-permissions': 'actions=read' }),
      run: refusedAs(403, { 'x-accepted-github-permissions': 'actions=read' }),
    },
    becomes: refused(
      'permission-missing',
      'lacks the permission actions: read',
      'permissions:\n  contents: read\n  actions: read',
      'Resource not accessible by integration',
    ),
  },
  {
    name: 'the token lacks something that GitHub names only there',
    repository: {
      environment: refusedAs(403, { 'x-accepted-github-permissions': 'actions=read,environments=read' }),
    },
    becomes: refused('permission-missing', '  actions: read\n  environments: read'),
  },
  {
    name: 'the token may not see the repository',
    repository: { approvals: refusedAs(404), environment: refusedAs(404), run: refusedAs(404) },
    becomes: refused(
      'run-not-found',
      'nothing at GET /repos/acme/shop/actions/runs/42',
      'may read this repository',
    ),
  },
  {
    name: 'GitHub is asked too often, for longer than is waited',
    repository: { approvals: refusedAs(429, { 'retry-after': '3600' }) },
    becomes: refused('rate-limited', 'too often', 'Run the job again after 2'),
  },
  {
    name: 'GitHub is asked too often, by its other limit',
    repository: { approvals: refusedAs(403, { 'retry-after': '3600' }) },
    becomes: refused('rate-limited', 'too often'),
  },
  {
    name: 'GitHub fails each time',
    repository: { approvals: refusedAs(503) },
    becomes: refused('unreachable', 'GitHub answered 503 each time', 'Nothing was applied'),
  },
  {
    name: 'GitHub breaks off each time',
    repository: { run: { cut: 'before' } },
    becomes: refused('unreachable', 'the connection broke off'),
  },
  {
    name: 'GitHub does not answer in time',
    repository: { environment: { delayMs: 60_000, body: {} } },
    timeoutMs: 300,
    becomes: refused('unreachable', 'no answer within'),
  },
  {
    name: 'GitHub answers half of its JSON each time',
    repository: { approvals: { text: '[{"state":"appro' } },
    becomes: refused('unreadable', 'can not be read'),
  },
  {
    name: 'GitHub answers a page of somebody else',
    repository: { approvals: { text: '<html>Log in to the network</html>' } },
    becomes: refused('unreadable'),
  },
  {
    name: 'one review is in a state that nobody knows yet',
    repository: { approvals: list(anApproval(), anApproval({ state: 'reconsidered' })) },
    becomes: refused('unreadable', 'not what GitHub documents'),
  },
  {
    name: 'GitHub refuses the question',
    repository: { approvals: refusedAs(422) },
    becomes: refused('unreadable', '(422)'),
  },
  {
    name: 'it is a later attempt',
    variables: later,
    becomes: refused('rerun', 'attempt 2 of run 42', 'Start a new run', 'approval-rerun: accept'),
  },
  {
    name: 'it is a later attempt, and any approval of the run will do',
    variables: later,
    policy: { rerun: 'accept' },
    becomes: { by: 'alice', notes: 1 },
  },
  {
    name: 'it is a later attempt, and none is allowed',
    variables: later,
    policy: { rerun: 'refuse' },
    asked: { planHash: PLAN },
    repository: { approvals: list(anApproval({ comment: PLAN })) },
    becomes: refused('rerun', 'approval-rerun: refuse'),
  },
  {
    name: 'it is a later attempt, and the approval names the plan',
    variables: later,
    asked: { planHash: PLAN },
    repository: {
      approvals: list(anApproval(), anApproval({ user: anAccount('carol'), comment: `go: ${PLAN}` })),
    },
    becomes: { by: 'carol' },
  },
  {
    name: 'it is a later attempt, and the approval names another plan',
    variables: later,
    repository: { approvals: list(anApproval({ comment: PLAN })) },
    becomes: refused('rerun'),
  },
  {
    name: 'it is a later attempt that nobody approved',
    variables: later,
    repository: { approvals: list() },
    becomes: refused('not-approved'),
  },
  {
    name: 'the run is over',
    repository: { run: aRun({ status: 'completed' }) },
    becomes: refused('run-mismatch', 'has ended'),
  },
  {
    name: 'the run is of another commit',
    repository: { run: aRun({ head_sha: OTHER_SHA }) },
    becomes: refused('run-mismatch', OTHER_SHA, SHA),
  },
  {
    name: 'the run was started by another event',
    repository: { run: aRun({ event: 'schedule' }) },
    becomes: refused('run-mismatch', 'was started by schedule'),
  },
  {
    name: 'the run has a newer attempt, on a server that knows none',
    repository: { attempt: refusedAs(404), run: aRun({ run_attempt: 3 }) },
    becomes: refused('run-mismatch', 'is at attempt 3'),
  },
  {
    name: 'the answer is of another run',
    repository: { run: aRun({ id: 41 }) },
    becomes: refused('unreadable'),
  },
  {
    name: 'it runs outside GitHub',
    variables: { GITHUB_ACTIONS: undefined },
    becomes: refused('no-job', 'does not run in a GitHub job'),
  },
]

const BY_COMMENT: readonly Omit<Situation, 'kind'>[] = [
  { name: 'somebody who may write put the hash into a comment', becomes: allowed },
  {
    name: 'the comment is on the third page',
    repository: { comments: { pages: [[aComment({ id: 1, body: 'hello' })], [], [aComment()]] } },
    becomes: allowed,
  },
  {
    name: 'the plan is not known',
    asked: { planHash: undefined as unknown as string },
    becomes: refused('no-plan-hash', 'expected-plan-hash: ${'),
  },
  {
    name: 'no comment is about it',
    repository: { comments: list(aComment({ body: 'Nice work' })) },
    becomes: refused('no-comment', PLAN, 'pull request 7'),
  },
  {
    name: 'a comment is about another plan',
    repository: { comments: list(aComment({ body: `approve ${PLAN}0` })) },
    becomes: refused('no-comment'),
  },
  {
    name: 'the comment was edited',
    repository: { comments: list(aComment({ updated_at: '2026-11-01T11:05:00Z' })) },
    becomes: refused('comment-edited', 'was edited'),
  },
  {
    name: 'its author may only read',
    repository: { rights: { alice: { body: { permission: 'read' } } } },
    becomes: refused('no-write-access', 'by alice', 'may not write'),
  },
  {
    name: 'its author is no collaborator',
    repository: { comments: list(aComment({ user: anAccount('mallory') })) },
    becomes: refused('no-write-access', 'by mallory'),
  },
  {
    name: 'a tool wrote it',
    repository: { comments: list(aComment({ user: anAccount('github-actions[bot]', 'Bot') })) },
    becomes: refused('approved-by-bot', 'by no person'),
  },
  {
    name: 'an app wrote it for somebody',
    repository: { comments: list(aComment({ performed_via_github_app: { slug: 'chat' } })) },
    becomes: refused('approved-by-bot'),
  },
  {
    name: 'the author of the pull request wrote it, and nobody minds',
    repository: { comments: list(aComment({ user: anAccount('bob') })) },
    becomes: { by: 'bob', notes: 1 },
  },
  {
    name: 'the author of the pull request wrote it, and the configuration minds',
    repository: { comments: list(aComment({ user: anAccount('bob') })) },
    policy: { selfApproval: 'refused' },
    becomes: refused('self-approved', 'wrote the pull request'),
  },
  {
    name: 'somebody objects',
    repository: {
      comments: list(
        aComment(),
        aComment({ id: 101, user: anAccount('bob'), body: `Please do not apply ${PLAN}` }),
      ),
    },
    becomes: refused('objected', 'bob objects', 'Please do not apply'),
  },
  {
    name: 'an objection was edited, and stands',
    repository: {
      comments: list(aComment({ id: 101, body: `not ${PLAN}`, updated_at: '2026-11-02T00:00:00Z' })),
    },
    becomes: refused('objected'),
  },
  {
    name: 'somebody objected and thought again',
    repository: { comments: list(aComment({ body: `wait with ${PLAN}` }), aComment({ id: 101 })) },
    becomes: allowed,
  },
  {
    name: 'a stranger objects, who has no say',
    repository: {
      comments: list(aComment(), aComment({ id: 101, user: anAccount('mallory'), body: `not ${PLAN}` })),
    },
    becomes: allowed,
  },
  {
    name: 'the commit is of no pull request',
    repository: { pulls: list() },
    becomes: refused('no-pull-request', SHA, 'push started this run'),
  },
  {
    name: 'the commit is of several pull requests',
    repository: { pulls: list(aPull(), aPull({ number: 8 })) },
    becomes: refused('no-pull-request', 'of several pull requests'),
  },
  {
    name: 'a pull request started the run and moved on since',
    ...onPullRequest(OTHER_SHA),
    becomes: refused('pull-request-moved', OTHER_SHA),
  },
  { name: 'a pull request started the run and is as it was', ...onPullRequest(HEAD), becomes: allowed },
  {
    name: 'the token lacks pull-requests: read',
    repository: { comments: refusedAs(403) },
    becomes: refused(
      'permission-missing',
      'lacks the permission pull-requests: read',
      '  pull-requests: read',
    ),
  },
  {
    name: 'nobody can tell who may write',
    repository: { rights: { alice: refusedAs(500) } },
    becomes: refused('unreachable'),
  },
]

const BY_REVIEW: readonly Omit<Situation, 'kind'>[] = [
  { name: 'a member of the team approved the commit', becomes: allowed },
  { name: 'the team is written with its organisation', policy: { team: '@acme/dba' }, becomes: allowed },
  {
    name: 'no team is named',
    policy: { team: undefined as unknown as string },
    becomes: refused('no-team', 'no team is named', 'approval-team'),
  },
  {
    name: 'the team is written as a path',
    policy: { team: 'a/b/c' },
    becomes: refused('no-team', '"a/b/c" is no team'),
  },
  {
    name: 'the team does not exist',
    repository: { team: refusedAs(404) },
    becomes: refused('team-missing', '@acme/dba does not exist', 'read:org'),
  },
  {
    name: 'the token is the job’s own, which sees no team',
    repository: { team: refusedAs(403) },
    becomes: refused('permission-missing', '@acme/dba', 'Members: read'),
  },
  { name: 'nobody reviewed it', repository: { reviews: list() }, becomes: refused('not-reviewed', HEAD) },
  {
    name: 'somebody remarked on it',
    repository: { reviews: list(aReview({ state: 'COMMENTED' })) },
    becomes: refused('not-reviewed'),
  },
  {
    name: 'an earlier commit was approved',
    repository: { reviews: list(aReview({ commit_id: OTHER_SHA })) },
    becomes: refused('reviewed-other-commit', `alice approved ${OTHER_SHA}`),
  },
  {
    name: 'somebody outside the team approved it',
    repository: { reviews: list(aReview({ user: anAccount('mallory') })) },
    becomes: refused('not-in-team', 'mallory, who did, is no member'),
  },
  {
    name: 'who approved it has not joined the team yet',
    repository: { members: { alice: { body: { state: 'pending' } } } },
    becomes: refused('not-in-team'),
  },
  {
    name: 'a member asked for changes afterwards',
    repository: { reviews: list(aReview(), aReview({ id: 201, state: 'CHANGES_REQUESTED' })) },
    becomes: refused('objected', 'alice of @acme/dba asks for changes'),
  },
  {
    name: 'another member asks for changes',
    repository: {
      reviews: list(aReview({ id: 201 }), aReview({ state: 'CHANGES_REQUESTED', user: anAccount('dora') })),
      members: { dora: { body: { state: 'active' } } },
    },
    becomes: refused('objected', 'dora'),
  },
  {
    name: 'somebody outside the team asks for changes',
    repository: {
      reviews: list(aReview(), aReview({ id: 201, state: 'CHANGES_REQUESTED', user: anAccount('eve') })),
    },
    becomes: allowed,
  },
  {
    name: 'the approval was dismissed',
    repository: { reviews: list(aReview({ state: 'DISMISSED' })) },
    becomes: refused('not-reviewed'),
  },
  {
    name: 'who started the run approved it, and the configuration minds',
    variables: { GITHUB_ACTOR: 'alice' },
    policy: { selfApproval: 'refused' },
    becomes: refused('self-approved', 'another member'),
  },
  {
    name: 'the reviews can not be read',
    repository: { reviews: { text: '{}' } },
    becomes: refused('unreadable', 'no list'),
  },
]

const BY_CONFIRMATION: readonly Omit<Situation, 'kind'>[] = [
  {
    name: 'the variable confirms it',
    asked: { confirmation: { byVariable: true } },
    becomes: { by: 'octocat' },
  },
  {
    name: 'it was typed, outside GitHub and without a token',
    asked: { confirmation: { byVariable: false, typed: 'MIGRATE-PRODUCTION' }, entry: 'cli' },
    variables: { GITHUB_ACTIONS: undefined },
    token: 'none',
    becomes: { by: 'octocat' },
  },
  {
    name: 'nothing confirms it',
    becomes: refused('not-confirmed', 'CONFIRM_PRODUCTION_MIGRATION=true', 'MIGRATE-PRODUCTION'),
  },
  {
    name: 'something else was typed, whatever the variable says',
    asked: { confirmation: { byVariable: true, typed: 'migrate-production' } },
    becomes: refused('wrong-confirmation', '"migrate-production"', 'typed exactly so'),
  },
]

const each = (kind: ApprovalKind, rows: readonly Omit<Situation, 'kind'>[]): Situation[] =>
  rows.map((row) => ({ kind, ...row }))

/** Every way in which an approval can be proven or not. */
export const SITUATIONS: readonly Situation[] = [
  ...each('github-environment', BY_ENVIRONMENT),
  ...each('comment', BY_COMMENT),
  ...each('review', BY_REVIEW),
  ...each('confirmation', BY_CONFIRMATION),
]
